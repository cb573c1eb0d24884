using FlowNexus.Engine.Hosting;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>The connection strings that the engine derives from the one it is given.</summary>
internal sealed class PostgresConnections
{
    /// <summary>
    /// The journal names every row it touches, so an index always fits; statistics of a young table would sometimes say
    /// otherwise. A node that freezes inside a transaction must not hold up the others.
    /// </summary>
    private const string JournalSettings =
        "-c synchronous_commit=on -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c plan_cache_mode=force_generic_plan -c jit=off -c idle_in_transaction_session_timeout=2000";

    private readonly string _given;
    private readonly string? _journal;

    /// <param name="node">The node of a cluster whose connections these are.</param>
    /// <exception cref="StartException">It is no connection string, or lacks a host.</exception>
    public PostgresConnections(string given, string? node = null)
    {
        _journal = node is null ? null : JournalOf(node);
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(given);
            if (string.IsNullOrWhiteSpace(parsed.Host)) throw new ArgumentException("it names no Host.", nameof(given));
            parsed.ApplicationName ??= "flownexus";
            parsed.IncludeErrorDetail = true;
            _given = parsed.ToString();
            Name = $"{parsed.Database ?? parsed.Username} on {parsed.Host}:{parsed.Port}";
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            // Npgsql's own messages name the keyword only; the value may hold the password.
            throw new StartException($"FlowNexus:Database:ConnectionString cannot be read: {wrong.Message.Split('\n')[0]} An example: Host=localhost;Database=flownexus;Username=flownexus;Password=…", wrong);
        }
    }

    /// <summary>Database and host, for messages; never the password.</summary>
    public string Name { get; }

    /// <summary>For contexts that read: a transaction on it cannot write.</summary>
    public string Reading => With(parsed => Add(parsed, "-c default_transaction_read_only=on"));

    /// <summary>A session of its own that may write.</summary>
    public string Owning => With(parsed => parsed.Pooling = false);

    /// <summary>For what nodes tell each other through the database: small pooled sessions that give up early.</summary>
    /// <param name="timeout">Seconds for opening one and for each command.</param>
    public string Coordinating(int timeout) => With(parsed =>
    {
        parsed.Timeout = timeout;
        parsed.CommandTimeout = timeout;
        parsed.MaxPoolSize = 5;
    });

    /// <summary>Names the journal's session of a node to the server, so that the others can end it when the node is gone.</summary>
    public static string JournalOf(string node) => $"flownexus journal {node}";

    public NpgsqlConnection OpenJournal()
    {
        var connection = new NpgsqlConnection(With(parsed =>
        {
            parsed.Pooling = false;
            parsed.MaxAutoPrepare = 500;
            parsed.AutoPrepareMinUsages = 2;
            parsed.KeepAlive = 30;
            if (_journal is { } name) parsed.ApplicationName = name;
            Add(parsed, JournalSettings);
        }));
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Add(NpgsqlConnectionStringBuilder parsed, string settings) => parsed.Options = $"{parsed.Options} {settings}".Trim();

    private string With(Action<NpgsqlConnectionStringBuilder> change)
    {
        var parsed = new NpgsqlConnectionStringBuilder(_given);
        change(parsed);
        return parsed.ToString();
    }
}
