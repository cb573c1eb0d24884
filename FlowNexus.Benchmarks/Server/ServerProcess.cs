using System.Diagnostics;
using System.Globalization;

namespace FlowNexus.Benchmarks.Server;

/// <summary>A real server process on a data folder and a free port of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Announcement = "FlowNexus listens on ";
    private const int KeptLines = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Queue<string> _lastLines = new();
    private readonly HttpMessageInvoker _http = LoopbackHttp.Create(connections: 1);

    private ServerProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Take(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => _address.TrySetException(new BenchmarkException($"The server ended before it listened.{Environment.NewLine}{LastLines()}"));
    }

    public int ProcessId => _process.Id;

    public Uri Address => _address.Task.Result;

    /// <summary>From the start of the process to its first successful answer.</summary>
    public TimeSpan StartUp { get; private set; }

    /// <summary>Returns when <c>GET /health/ready</c> has answered 200.</summary>
    public static async Task<ServerProcess> StartAsync(string dll, string dataFolder, CancellationToken cancellationToken, params string[] settings)
    {
        if (!File.Exists(dll)) throw new BenchmarkException($"{dll} does not exist. Build it first: dotnet build FlowNexus.Web -c Release");
        var start = new ProcessStartInfo("dotnet", [dll, "--urls", "http://127.0.0.1:0", $"--FlowNexus:DataFolder={dataFolder}", .. settings])
        {
            WorkingDirectory = Path.GetDirectoryName(dll),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        var server = new ServerProcess(new Process { StartInfo = start });
        try
        {
            server._process.Start();
            server._process.BeginOutputReadLine();
            server._process.BeginErrorReadLine();
            await server._address.Task.WaitAsync(Patience, cancellationToken);
            await server.WaitUntilReadyAsync(cancellationToken);
            return server;
        }
        catch (TimeoutException)
        {
            var lines = server.LastLines();
            await server.DisposeAsync();
            throw new BenchmarkException($"The server did not print \"{Announcement}http://…\" within {Patience.TotalSeconds:0} s.{Environment.NewLine}{lines}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Resident memory in bytes, as the kernel counts it.</summary>
    public long ResidentBytes()
    {
        var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{_process.Id}/status")).First(one => one.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("VmRSS:".Length).Trim(" \tkB"), CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>Processor time it has used: what something costs whatever else the machine does.</summary>
    public TimeSpan ProcessorTime()
    {
        _process.Refresh();
        return _process.TotalProcessorTime;
    }

    /// <summary>Asks it to stop (SIGTERM) and waits.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        using (var kill = Process.Start("sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")])) await kill.WaitForExitAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
    }

    /// <summary>The hard way (SIGKILL), unless it has ended.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It never started, or is gone.
        }

        _process.Dispose();
        _http.Dispose();
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var ready = new Uri(Address, "/health/ready");
        while (true)
        {
            try
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, ready);
                using var response = await _http.SendAsync(request, cancellationToken);
                StartUp = Stopwatch.GetElapsedTime(_started);
                if (response.IsSuccessStatusCode) return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // It has a port but does not accept yet.
            }

            if (Stopwatch.GetElapsedTime(_started) > Patience) throw new BenchmarkException($"{ready} did not answer 200 within {Patience.TotalSeconds:0} s.{Environment.NewLine}{LastLines()}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
        }
    }

    private void Take(string? line)
    {
        if (line is null) return;
        lock (_lastLines)
        {
            if (_lastLines.Count == KeptLines) _lastLines.Dequeue();
            _lastLines.Enqueue(line);
        }

        var at = line.IndexOf(Announcement, StringComparison.Ordinal);
        if (at >= 0 && Uri.TryCreate(line[(at + Announcement.Length)..].Split(' ')[0], UriKind.Absolute, out var address)) _address.TrySetResult(address);
    }

    private string LastLines()
    {
        lock (_lastLines) return string.Join(Environment.NewLine, _lastLines);
    }
}
