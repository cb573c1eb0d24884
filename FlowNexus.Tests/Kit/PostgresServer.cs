using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace FlowNexus.Tests.Kit;

/// <summary>
/// A real PostgreSQL server of the run's own: the installed binaries on a fresh folder and a free loopback port.
/// PostgreSQL does not run as root; then it runs as the user <c>postgres</c> that its package made.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder;
    private readonly string[] _settings;
    private Process? _server;

    private PostgresServer(string folder, int port, string[] settings)
    {
        _folder = folder;
        _settings = settings;
        Port = port;
    }

    public int Port { get; }

    /// <summary>For messages of a server that did not come up.</summary>
    private string Log => Path.Combine(_folder, "server.log");

    /// <param name="settings">Lines of postgresql.conf, such as <c>fsync=off</c>.</param>
    public static async Task<PostgresServer> StartAsync(params string[] settings)
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-postgres-").FullName;
        if (Environment.IsPrivilegedProcess) await RunAsync("chown", ["postgres", folder]);
        var server = new PostgresServer(folder, FreePort(), settings);
        try
        {
            await RunAsync(As("initdb", "-D", server.Data, "-U", "postgres", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", $"--pwfile={server.PasswordFile()}"));
            await server.LaunchAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={Port};Username=postgres;Password=secret-of-the-test;Database={database}";

    /// <summary>Makes a database of its own and returns its connection string.</summary>
    public async Task<string> CreateDatabaseAsync(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();

        // A collation that is not bytewise: what the product sorts must not depend on the database's.
        await using var create = new NpgsqlCommand($"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en' LOCALE 'C.UTF-8'", connection);
        await create.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    /// <summary>Starts the server again on the same folder and port.</summary>
    public async Task LaunchAsync()
    {
        string[] settings =
        [
            $"port={Port.ToString(CultureInfo.InvariantCulture)}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "max_connections=200", "shared_buffers=128MB", "logging_collector=off", .. _settings,
        ];
        var (program, arguments) = As("postgres", ["-D", Data, .. settings.SelectMany(setting => new[] { "-c", setting })]);
        var log = new StreamWriter(Log, append: true);
        _server = Start(program, arguments, line =>
        {
            lock (log)
            {
                log.WriteLine(line);
                log.Flush();
            }
        });
        using var enough = new CancellationTokenSource(Patience);
        while (!await AnswersAsync())
        {
            if (_server.HasExited || enough.IsCancellationRequested) throw new InvalidOperationException($"PostgreSQL did not start.\n{await File.ReadAllTextAsync(Log)}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, enough.Token);
        }
    }

    /// <summary>Ends it as a power cut would: no process of it gets a chance to write.</summary>
    public async Task KillAsync()
    {
        if (_server is null) return;

        // SIGQUIT to the postmaster ends all its children without a checkpoint; what follows is crash recovery.
        var postmaster = (await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0].Trim();
        await RunAsync("kill", ["-QUIT", postmaster]);
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is { HasExited: false } && File.Exists(Path.Combine(Data, "postmaster.pid"))) await KillAsync();
        NpgsqlConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string PasswordFile()
    {
        var file = Path.Combine(_folder, "password");
        File.WriteAllText(file, "secret-of-the-test");
        return file;
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=5");
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static (string Program, string[] Arguments) As(string program, params string[] arguments)
    {
        var binary = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(version => int.Parse(Path.GetFileName(version), CultureInfo.InvariantCulture)).Select(version => Path.Combine(version, "bin", program)).FirstOrDefault(File.Exists)
            : null;
        binary ??= program;
        return Environment.IsPrivilegedProcess ? ("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", "--", binary, .. arguments]) : (binary, arguments);
    }

    private static Task RunAsync((string Program, string[] Arguments) command) => RunAsync(command.Program, command.Arguments);

    private static async Task RunAsync(string program, string[] arguments)
    {
        var lines = new List<string>();
        using var process = Start(program, arguments, line =>
        {
            lock (lines) lines.Add(line);
        });
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.\n{string.Join('\n', lines)}");
    }

    private static Process Start(string program, string[] arguments, Action<string> line)
    {
        var process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" } };
        process.OutputDataReceived += (_, said) => { if (said.Data is { } text) line(text); };
        process.ErrorDataReceived += (_, said) => { if (said.Data is { } text) line(text); };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
