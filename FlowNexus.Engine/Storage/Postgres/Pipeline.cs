using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>Commands that go to the server together and cost one round trip.</summary>
internal sealed class Pipeline(NpgsqlConnection connection)
{
    private readonly List<NpgsqlBatchCommand> _commands = [];
    private readonly List<Action<NpgsqlDataReader>> _results = [];

    /// <param name="read">Takes the rows of a command that returns some.</param>
    public void Add(string sql, IEnumerable<NpgsqlParameter>? parameters = null, Action<NpgsqlDataReader>? read = null)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters ?? []) command.Parameters.Add(parameter);
        _commands.Add(command);
        if (read is not null) _results.Add(read);
    }

    /// <summary>Forgets what was not sent.</summary>
    public void Clear()
    {
        _commands.Clear();
        _results.Clear();
    }

    /// <summary>Sends what was added and reads the answers; an error stops everything behind it.</summary>
    public void Run()
    {
        if (_commands.Count == 0) return;
        using var batch = new NpgsqlBatch(connection);
        foreach (var command in _commands) batch.BatchCommands.Add(command);
        var results = _results.ToArray();
        Clear();
        using var reader = batch.ExecuteReader();
        foreach (var read in results)
        {
            read(reader);
            reader.NextResult();
        }

        // Errors of commands without rows come with the last results.
        while (reader.NextResult())
        {
        }
    }
}
