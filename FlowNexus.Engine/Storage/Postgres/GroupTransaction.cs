using System.Globalization;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Npgsql;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>One transaction of the journal on PostgreSQL: a group of independent entries, statement by statement.</summary>
internal sealed class GroupTransaction
{
    /// <summary>From so many rows a COPY of its own is cheaper than arrays; see docs/adr/0008.</summary>
    private const int CopyFrom = 64;

    private static readonly RowInsert Placed = new("events", ["position", .. Tables.Events.Columns], [], OnConflict.Fail);
    private static readonly Statement PlacedEvents = new($"INSERT INTO events ({string.Join(", ", Placed.Columns)})") { Keys = 0, Insert = Placed };

    private readonly NpgsqlConnection _connection;
    private readonly PostgresSql _sql;
    private readonly Pipeline _pipeline;
    private readonly StreamEnds _ends = new();
    private long _position;

    private GroupTransaction(NpgsqlConnection connection, PostgresSql sql)
    {
        _connection = connection;
        _sql = sql;
        _pipeline = new Pipeline(connection);
    }

    /// <summary>Begins with the locks of the administered streams: whoever waits for one must get a later transaction number than its holder.</summary>
    public static GroupTransaction Begin(NpgsqlConnection connection, PostgresSql sql, CommitMark mark, IReadOnlyList<JournalEntry> entries)
    {
        var transaction = new GroupTransaction(connection, sql);
        transaction._pipeline.Add("BEGIN");
        transaction._ends.Lock(transaction._pipeline, entries);
        mark.Set(transaction._pipeline);
        transaction._pipeline.Add("SELECT flownexus_next_position()", null, reader =>
        {
            reader.Read();
            transaction._position = reader.GetInt64(0);
        });
        return transaction;
    }

    /// <summary>Writes entries that do not meet. Those whose fence is lost are refused and leave no trace.</summary>
    /// <exception cref="TransitionRefusedException">A later condition did not hold: the transaction, or the savepoint, has to be rolled back.</exception>
    public void Apply(IReadOnlyList<JournalEntry> entries)
    {
        TransitionRefusedException? refused = null;
        Admissions.Check(_pipeline, entries, refusal => refused ??= refusal);
        foreach (var fence in StatementPlan.Fences(entries)) AddMany(fence, Refuse);
        _pipeline.Run();
        if (refused is not null) throw refused;
        List<JournalEntry> going = [.. entries.Where(entry => entry.Failure is null)];
        var plan = StatementPlan.Behind(going);
        foreach (var rows in plan.Ordered)
        {
            if (Copies(rows)) Copy(rows);
            else AddMany(rows, (_, refusal) => refused ??= new TransitionRefusedException(refusal));
        }

        foreach (var (entry, write) in plan.InTurn) AddSingle(entry, write, refusal => refused ??= new TransitionRefusedException(refusal));
        foreach (var rows in plan.Folded) AddMany(rows, null);
        WriteEvents(going);
        if (plan.InTurn.Count == 0 && !plan.Ordered.Any(rows => rows.Conditional)) return; // Nothing to decide by: COMMIT goes along.
        _pipeline.Run();
        if (refused is not null) throw refused;
    }

    /// <summary>Runs <paramref name="apply"/> so that its failure undoes only itself.</summary>
    public Exception? Isolated(Action apply)
    {
        _pipeline.Add("SAVEPOINT t");
        var ends = _ends.Remember();
        try
        {
            apply();
            _pipeline.Add("RELEASE t");
            _pipeline.Run();
            return null;
        }
        catch (Exception failure) when (!ServerErrors.EndsTransaction(failure, _connection))
        {
            _ends.Return(ends);
            _pipeline.Clear();
            _pipeline.Add("ROLLBACK TO t");
            _pipeline.Add("RELEASE t");
            return failure;
        }
    }

    /// <summary>True from the moment on that a lost connection leaves the outcome open.</summary>
    public bool Committing { get; private set; }

    public void Commit(IReadOnlyList<JournalEntry> entries, CommitNews? news)
    {
        news?.Add(_pipeline, entries);
        _pipeline.Add("COMMIT");
        Committing = true;
        _pipeline.Run();
    }

    private static void Refuse(JournalEntry entry, Refusal refusal) => entry.Failure = new TransitionRefusedException(refusal);

    private static bool Copies(StatementRows rows) => rows.Runs.Count >= CopyFrom && rows.Statement.Insert?.OnConflict == OnConflict.Fail;

    private void WriteEvents(List<JournalEntry> entries)
    {
        var rows = new StatementRows(PlacedEvents);
        foreach (var entry in entries)
        {
            foreach (var row in entry.Transition.Events) Place(entry, row);
            foreach (var row in entry.Transition.AdminEvents ?? [])
            {
                _ends.Chain(row);
                Place(entry, row);
            }
        }

        if (rows.Runs.Count == 0) return;
        _ends.Store(_pipeline);
        if (Copies(rows)) Copy(rows);
        else AddMany(rows, null);

        void Place(JournalEntry entry, EventRow row)
        {
            if (rows.Runs.Count == IndependentEntries.MaxEvents) throw new InvalidOperationException($"One transition has more than {IndependentEntries.MaxEvents} events.");
            row.Position = _position++;
            rows.AddPlaced(entry, row.Position, to => Tables.Events.Bind(row, to));
            entry.Told(row);
        }
    }

    private void AddMany(StatementRows rows, Action<JournalEntry, Refusal>? refuse)
    {
        var parameters = rows.Columns.Select(column => column.AsArray());
        if (!rows.Conditional) _pipeline.Add(_sql.Many(rows), parameters);
        else _pipeline.Add(_sql.Many(rows), parameters, reader => Untouched(rows, reader, refuse!));
    }

    private void AddSingle(JournalEntry entry, Write write, Action<Refusal> refuse)
    {
        var row = new StatementRows(write.Statement);
        row.Add(entry, write);
        _pipeline.Add(_sql.Single(write.Statement), row.Columns.Select(column => column.AsValue(0)), reader =>
        {
            if (!reader.Read() && write.WhenNoRow is { } refusal) refuse(refusal);
        });
    }

    private static void Untouched(StatementRows rows, NpgsqlDataReader reader, Action<JournalEntry, Refusal> refuse)
    {
        var touched = new bool[rows.Runs.Count];
        if (rows.Statement.Insert is null)
        {
            while (reader.Read()) touched[reader.GetInt64(0) - 1] = true;
        }
        else
        {
            MarkInserted(rows, reader, touched);
        }

        for (var i = 0; i < touched.Length; i++)
            if (!touched[i] && rows.Runs[i].WhenNoRow is { } refusal) refuse(rows.Runs[i].Entry, refusal);
    }

    /// <summary>Of two rows with one key the first was inserted: the server takes them in order.</summary>
    private static void MarkInserted(StatementRows rows, NpgsqlDataReader reader, bool[] touched)
    {
        var inserted = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var key = KeyText(reader, 0);
            for (var i = 1; i < reader.FieldCount; i++) key = WriteKeys.Join(key, KeyText(reader, i));
            inserted.Add(key);
        }

        for (var i = 0; i < touched.Length; i++) touched[i] = inserted.Remove(rows.KeyText(i));
    }

    private static string KeyText(NpgsqlDataReader reader, int column) => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)!;

    private void Copy(StatementRows rows)
    {
        _pipeline.Run();
        var insert = rows.Statement.Insert!;
        var types = insert.Columns.Select(column => _sql.TypeOf(insert.Table, column)).ToArray();
        using var importer = _connection.BeginBinaryImport(PostgresSql.Copy(insert));
        for (var row = 0; row < rows.Runs.Count; row++)
        {
            importer.StartRow();
            for (var column = 0; column < types.Length; column++) rows.Columns[column].Copy(importer, row, types[column]);
        }

        importer.Complete();
    }
}
