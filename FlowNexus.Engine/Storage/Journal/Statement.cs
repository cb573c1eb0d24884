using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>
/// SQL that the journal prepares once. Parameters are numbered in the order their values are bound, and the first ones
/// name the row. SQLite runs it as it is; PostgreSQL runs it for all rows of a group at once, and the properties here
/// say how far that may go.
/// </summary>
internal sealed partial class Statement
{
    private static int _count;

    public Statement(string sql)
    {
        Sql = sql;
        Id = Interlocked.Increment(ref _count) - 1;
        Table = Target().Match(sql).Groups["table"].Value;
    }

    /// <summary>Dense, so that a store can keep prepared statements in an array.</summary>
    public int Id { get; }

    public string Sql { get; }

    public string Table { get; }

    /// <summary>How many of the first values name the row, or the rows.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>For additions: how the values after the key fold into one for all writes to the same row, each <c>sum</c> or <c>max</c>.</summary>
    public IReadOnlyList<string>? Folds { get; init; }

    /// <summary>Each run decides by what the one before it left, whoever's that was.</summary>
    public bool InTurn { get; init; }

    /// <summary>Set when the statement inserts a row.</summary>
    public RowInsert? Insert { get; init; }

    [GeneratedRegex(@"^\s*(INSERT INTO|UPDATE|DELETE FROM) (?<table>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Target();
}

/// <summary>A row into a table, with its columns in the order their values are bound.</summary>
internal sealed record RowInsert(string Table, IReadOnlyList<string> Columns, IReadOnlyList<string> Keys, OnConflict OnConflict);

/// <summary>What an insert does when the row is there.</summary>
internal enum OnConflict
{
    /// <summary>The transition fails.</summary>
    Fail,

    /// <summary>The row stays as it is, and the statement touched none.</summary>
    Keep,

    /// <summary>All columns take the new values.</summary>
    Replace,
}
