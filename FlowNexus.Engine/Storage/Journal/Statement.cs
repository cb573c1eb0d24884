namespace FlowNexus.Engine.Storage.Journal;

/// <summary>SQL that the journal prepares once. Parameters are numbered in the order their values are bound.</summary>
internal sealed class Statement
{
    private static int _count;

    public Statement(string sql)
    {
        Sql = sql;
        Id = Interlocked.Increment(ref _count) - 1;
    }

    /// <summary>Dense, so that a store can keep prepared statements in an array.</summary>
    public int Id { get; }

    public string Sql { get; }
}
