using System.Diagnostics;
using System.Text;

namespace FlowNexus.E2E.Kit;

/// <summary>The built program in a process of its own, on a free port, with its own data folder.</summary>
public sealed class RunningProduct : IAsyncDisposable
{
    private const string Listens = "FlowNexus listens on ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _said;
    private readonly bool _ownsData;

    private RunningProduct(Process process, StringBuilder said, string dataFolder, bool ownsData, Uri address)
    {
        _process = process;
        _said = said;
        _ownsData = ownsData;
        DataFolder = dataFolder;
        Address = address;
    }

    /// <summary>As printed by the program.</summary>
    public Uri Address { get; }

    public string DataFolder { get; }

    public int ProcessId => _process.Id;

    /// <summary>All that the program printed so far.</summary>
    public string Output
    {
        get { lock (_said) return _said.ToString(); }
    }

    /// <param name="dataFolder">One that outlives the process, for a restart; without it, a fresh one that goes with it.</param>
    /// <param name="settings">More of the command line: <c>--FlowNexus:MaxRunningExecutions=2</c>.</param>
    public static async Task<RunningProduct> StartAsync(string? dataFolder = null, params string[] settings)
    {
        var data = dataFolder ?? Directory.CreateTempSubdirectory("flownexus-e2e-").FullName;
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [BuiltProgram.Path, "--urls", "http://127.0.0.1:0", "--environment", "Development", $"--FlowNexus:DataFolder={data}", .. settings])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = data,
            },
        };
        var said = new StringBuilder();
        var address = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => address.TrySetException(new InvalidOperationException($"The program ended before it listened. It said:\n{said}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        try
        {
            return new RunningProduct(process, said, data, dataFolder is null, await address.Task.WaitAsync(StartLimit));
        }
        catch (TimeoutException late)
        {
            process.Kill(entireProcessTree: true);
            throw new InvalidOperationException($"The program did not listen within {StartLimit.TotalSeconds} s. It said:\n{said}", late);
        }

        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.AppendLine(line);
            if (line.StartsWith(Listens, StringComparison.Ordinal)) address.TrySetResult(new Uri(line[Listens.Length..]));
        }
    }

    /// <summary>As a power cut would: nothing is told, nothing is finished.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
        if (_ownsData) Directory.Delete(DataFolder, recursive: true);
    }
}
