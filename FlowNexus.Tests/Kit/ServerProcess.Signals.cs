using System.Diagnostics;
using System.Globalization;

namespace FlowNexus.Tests.Kit;

/// <summary>What a machine can do to a process.</summary>
internal sealed partial class ServerProcess
{
    public bool HasExited => _process.HasExited;

    /// <summary>SIGSTOP: it stands still in the middle of whatever it does.</summary>
    public void Freeze() => Signal("-STOP");

    /// <summary>SIGCONT: it goes on as if no time had passed.</summary>
    public void Thaw() => Signal("-CONT");

    /// <summary>SIGTERM, as a service manager stops it; returns its exit code.</summary>
    public Task<int> TerminateAsync()
    {
        Signal("-TERM");
        return ExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    private void Signal(string signal)
    {
        using var kill = Process.Start("kill", [signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
