using System.Text.RegularExpressions;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>Writes the journal's statements for many rows at once: every value becomes an array, <c>unnest</c> makes rows of them.</summary>
/// <param name="columnTypes">The types of the model's columns by table and column.</param>
internal sealed partial class PostgresSql(IReadOnlyDictionary<(string Table, string Column), string> columnTypes)
{
    private readonly Dictionary<(int Statement, bool Conditional), string> _many = [];
    private readonly Dictionary<int, string> _single = [];

    /// <summary>
    /// For all rows. A conditional one returns what names the rows it touched: their number from 1, or for an insert
    /// the key columns.
    /// </summary>
    public string Many(StatementRows rows)
    {
        var key = (rows.Statement.Id, rows.Conditional);
        if (!_many.TryGetValue(key, out var sql)) _many[key] = sql = rows.Statement.Insert is { } insert ? Insert(insert, rows) : Change(rows);
        return sql;
    }

    /// <summary>For one row; returns a row when it touched one.</summary>
    public string Single(Statement statement)
    {
        if (!_single.TryGetValue(statement.Id, out var sql)) _single[statement.Id] = sql = Parameter().Replace(statement.Sql, "$$${number}") + " RETURNING 1";
        return sql;
    }

    public static string Copy(RowInsert insert) => $"COPY {insert.Table} ({string.Join(", ", insert.Columns)}) FROM STDIN (FORMAT BINARY)";

    public string TypeOf(string table, string column) => columnTypes[(table, column)];

    private string Insert(RowInsert insert, StatementRows rows)
    {
        var values = insert.Columns.Select((column, i) => TypeOf(insert.Table, column) switch
        {
            "integer" => $"v.c{i + 1}::integer",
            "boolean" => $"v.c{i + 1} <> 0",
            _ => $"v.c{i + 1}",
        });
        var others = insert.Columns.Except(insert.Keys).Select(column => $"{column} = excluded.{column}");
        var conflict = insert.OnConflict switch
        {
            OnConflict.Keep => " ON CONFLICT DO NOTHING",
            OnConflict.Replace => $" ON CONFLICT ({string.Join(", ", insert.Keys)}) DO UPDATE SET {string.Join(", ", others)}",
            _ => "",
        };
        var returning = rows.Conditional ? $" RETURNING {string.Join(", ", insert.Keys)}" : "";
        return $"INSERT INTO {insert.Table} ({string.Join(", ", insert.Columns)}) SELECT {string.Join(", ", values)} FROM {Unnest(rows)} AS v({Names(rows)}){conflict}{returning}";
    }

    /// <summary><c>UPDATE … WHERE</c> becomes <c>UPDATE … FROM rows WHERE</c>, <c>DELETE FROM t WHERE</c> gets <c>USING rows</c>.</summary>
    private static string Change(StatementRows rows)
    {
        var statement = rows.Statement;
        var source = statement.Folds is { } folds
            ? $"(SELECT {string.Join(", ", rows.Columns.Select((_, i) => Folded(i, statement.Keys, folds)))} FROM {Unnest(rows)} AS u({Names(rows)}) GROUP BY {Keys(statement)} ORDER BY {Keys(statement)}) AS v"
            : $"{Unnest(rows)} WITH ORDINALITY AS v({Names(rows)}, n)";
        var sql = Parameter().Replace(statement.Sql, "v.c${number}");
        var from = statement.Sql.StartsWith("DELETE", StringComparison.Ordinal) ? "USING" : "FROM";
        var changed = Where().Replace(sql, $" {from} {source} WHERE ", 1);
        return rows.Conditional ? changed + " RETURNING v.n" : changed;
    }

    private static string Folded(int column, int keys, IReadOnlyList<string> folds) => column < keys
        ? $"u.c{column + 1} AS c{column + 1}"
        : folds[column - keys] == "sum" ? $"sum(u.c{column + 1})::bigint AS c{column + 1}" : $"max(u.c{column + 1}) AS c{column + 1}";

    private static string Keys(Statement statement) => string.Join(", ", Enumerable.Range(1, statement.Keys).Select(i => $"u.c{i}"));

    private static string Unnest(StatementRows rows) => $"unnest({string.Join(", ", rows.Columns.Select((column, i) => $"${i + 1}::{column.SqlType}[]"))})";

    private static string Names(StatementRows rows) => string.Join(", ", rows.Columns.Select((_, i) => $"c{i + 1}"));

    [GeneratedRegex(@"\?(?<number>\d+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\sWHERE\s", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Where();
}
