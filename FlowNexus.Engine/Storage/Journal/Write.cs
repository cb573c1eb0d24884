namespace FlowNexus.Engine.Storage.Journal;

/// <summary>One statement of a transition with its values.</summary>
internal abstract class Write
{
    public abstract Statement Statement { get; }

    /// <summary>What it means when the statement touches no row: null when that is fine, otherwise the reason the transition is refused.</summary>
    public Refusal? WhenNoRow { get; init; }

    public abstract void Bind(IRowBinder binder);
}

/// <summary>Writes one row of a table.</summary>
internal sealed class RowWrite<TRow>(Table<TRow> table, TRow row, Statement statement) : Write
{
    public override Statement Statement => statement;

    public override void Bind(IRowBinder binder) => table.Bind(row, binder);
}

/// <summary>Runs any other prepared statement.</summary>
internal sealed class CommandWrite(Statement statement, Action<IRowBinder> bind) : Write
{
    public override Statement Statement => statement;

    public override void Bind(IRowBinder binder) => bind(binder);
}

/// <summary>Why a transition did not commit although the database works.</summary>
internal enum Refusal
{
    /// <summary>Another owner has the execution: the epoch is not ours.</summary>
    FenceLost,

    /// <summary>A row with this key exists.</summary>
    Exists,

    /// <summary>The row changed since it was read.</summary>
    Stale,

    InsufficientCredits,

    /// <summary>Another activation of the queue that let it through has begun since.</summary>
    NotAdmitted,
}
