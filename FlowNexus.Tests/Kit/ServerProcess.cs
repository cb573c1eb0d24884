using System.Diagnostics;
using FlowNexus.Tests.Architecture;

namespace FlowNexus.Tests.Kit;

/// <summary>The built web binary as a process of its own, on a free loopback port and a data folder of the caller's.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private const string Announcement = "FlowNexus listens on ";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Process _process;
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _lines = [];

    private ServerProcess(string dataFolder, string[] settings, IReadOnlyDictionary<string, string>? environment = null, params string[] prefix)
    {
        string[] command = [.. prefix, "dotnet", Binary];
        var start = new ProcessStartInfo(command[0], [.. command[1..], "--urls", "http://127.0.0.1:0", $"--FlowNexus:DataFolder={dataFolder}", .. settings])
        {
            WorkingDirectory = Path.GetDirectoryName(Binary),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _address.TrySetException(new InvalidOperationException($"The server ended before it listened.\n{Output}"));
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public Uri Address => _address.Task.Result;

    public int Id => _process.Id;

    /// <summary>Completes when the process is gone, for whatever reason.</summary>
    public Task Gone => _process.WaitForExitAsync();

    public bool IsGone => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    /// <summary>The web project's own output beside this test's, in the same configuration.</summary>
    public static string Binary
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(SourceTree.Root, "FlowNexus.Web", "bin", own.Parent!.Name, own.Name, "FlowNexus.Web.dll");
        }
    }

    /// <summary>Returns once it says where it listens.</summary>
    public static Task<ServerProcess> StartAsync(string dataFolder, params string[] settings) => StartAsync(dataFolder, settings, null);

    /// <param name="environment">Variables that only this process gets.</param>
    /// <param name="prefix">A command that runs the rest as the same process, such as one that enters a namespace.</param>
    public static async Task<ServerProcess> StartAsync(string dataFolder, string[] settings, IReadOnlyDictionary<string, string>? environment, params string[] prefix)
    {
        var server = new ServerProcess(dataFolder, settings, environment, prefix);
        try
        {
            await server._address.Task.WaitAsync(Patience);
            return server;
        }
        catch (TimeoutException late)
        {
            var said = server.Output;
            await server.DisposeAsync();
            throw new InvalidOperationException($"The server did not listen within {Patience.TotalSeconds} s.\n{said}", late);
        }
    }

    /// <summary>Starts one that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(string dataFolder, params string[] settings)
    {
        await using var server = new ServerProcess(dataFolder, settings);
        await server._process.WaitForExitAsync().WaitAsync(Patience);
        _ = server._address.Task.Exception;
        return (server._process.ExitCode, server.Output);
    }

    /// <summary>SIGKILL: nothing of it gets a chance to tidy up.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_lines) _lines.Add(line);
        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0 && Uri.TryCreate(line[(at + Announcement.Length)..].Split(' ')[0], UriKind.Absolute, out var address)) _address.TrySetResult(address);
    }
}
