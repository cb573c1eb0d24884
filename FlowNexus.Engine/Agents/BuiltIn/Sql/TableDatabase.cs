using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace FlowNexus.Engine.Agents.BuiltIn.Sql;

/// <summary>Tables in a private in-memory SQLite database, queried by one read-only statement.</summary>
internal sealed class TableDatabase : IDisposable
{
    private const int LongestValue = 16 * 1024 * 1024;
    private const int OpcodesBetweenChecks = 5_000;

    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public TableDatabase() => _connection.Open();

    /// <summary>Loads a table; a later one of the same name replaces nothing and is refused by SQLite.</summary>
    public void Load(string name, Table table, CancellationToken cancellationToken)
    {
        using var transaction = _connection.BeginTransaction();
        Run($"CREATE TABLE {Quote(name)} ({string.Join(", ", table.Columns.Select(column => $"{Quote(column.Name)} {Affinity(column.Kind)}"))})");
        using var insert = _connection.CreateCommand();
        insert.CommandText = $"INSERT INTO {Quote(name)} VALUES ({string.Join(", ", table.Columns.Select((_, index) => "$" + index))})";
        var parameters = table.Columns.Select((_, index) => insert.Parameters.Add(new SqliteParameter("$" + index, null))).ToList();
        for (var row = 0; row < table.RowCount; row++)
        {
            if (row % 1024 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < parameters.Count; column++)
                parameters[column].Value = Sent(table.Columns[column].Values[row]);
            insert.ExecuteNonQuery();
        }
        transaction.Commit();
    }

    public void Alias(string alias, string name) => Run($"CREATE VIEW {Quote(alias)} AS SELECT * FROM {Quote(name)}");

    /// <param name="sql">One SELECT (or WITH … SELECT).</param>
    /// <param name="name">Name of the result.</param>
    /// <param name="mostRows">More are refused.</param>
    /// <param name="deadline">Stops the statement; also carries cancellation.</param>
    /// <exception cref="ProblemException">INVALID_DEFINITION: what SQLite says; STEP_TIMEOUT.</exception>
    public Table Query(string sql, string name, int mostRows, CancellationToken deadline)
    {
        var handle = _connection.Handle!;
        raw.sqlite3_limit(handle, raw.SQLITE_LIMIT_LENGTH, LongestValue);
        raw.sqlite3_limit(handle, raw.SQLITE_LIMIT_ATTACHED, 0);
        raw.sqlite3_set_authorizer(handle, static (_, action, _, second, _, _) => Authorise(action, second), null);
        raw.sqlite3_progress_handler(handle, OpcodesBetweenChecks, _ => deadline.IsCancellationRequested ? 1 : 0, null);
        try
        {
            return Read(handle, sql, name, mostRows, deadline);
        }
        finally
        {
            raw.sqlite3_progress_handler(handle, 0, null, null);
            raw.sqlite3_set_authorizer(handle, (strdelegate_authorizer?)null, null);
        }
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>Reading and pure functions only: nothing else of SQLite can be reached, whatever the statement says.</summary>
    private static int Authorise(int action, string? detail) => action switch
    {
        raw.SQLITE_SELECT or raw.SQLITE_READ or raw.SQLITE_RECURSIVE => raw.SQLITE_OK,
        raw.SQLITE_FUNCTION when !string.Equals(detail, "load_extension", StringComparison.OrdinalIgnoreCase) => raw.SQLITE_OK,
        _ => raw.SQLITE_DENY,
    };

    private static Table Read(sqlite3 handle, string sql, string name, int mostRows, CancellationToken deadline)
    {
        if (raw.sqlite3_prepare_v2(handle, sql, out var statement, out var rest) != raw.SQLITE_OK)
            throw Refused(raw.sqlite3_errmsg(handle).utf8_to_string(), "Only one statement that reads is allowed: SELECT … FROM data.");
        using (statement)
        {
            if (!string.IsNullOrWhiteSpace(rest.Trim().TrimEnd(';')) || raw.sqlite3_column_count(statement) == 0)
                throw Refused("there is more than one statement, or none that gives rows", "Write one SELECT.");
            var count = raw.sqlite3_column_count(statement);
            var names = ColumnNames.Unique([.. Enumerable.Range(0, count).Select(index => raw.sqlite3_column_name(statement, index).utf8_to_string())]);
            var values = names.Select(_ => new List<object?>()).ToArray();
            int code;
            while ((code = raw.sqlite3_step(statement)) == raw.SQLITE_ROW)
            {
                if (values[0].Count == mostRows)
                    throw Refused($"it gives more than {mostRows:N0} rows", "Aggregate, or add a LIMIT.");
                for (var index = 0; index < count; index++)
                    values[index].Add(Value(statement, index));
            }
            if (code == raw.SQLITE_INTERRUPT)
            {
                deadline.ThrowIfCancellationRequested();
            }
            if (code != raw.SQLITE_DONE)
                throw Refused(raw.sqlite3_errmsg(handle).utf8_to_string(), "Check the statement.");
            return new Table(name, [.. names.Select((column, index) => SqlColumn.Of(column, values[index]))]);
        }
    }

    private static object? Value(sqlite3_stmt statement, int index) => raw.sqlite3_column_type(statement, index) switch
    {
        raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, index),
        raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, index),
        raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, index).utf8_to_string(),
        raw.SQLITE_BLOB => Convert.ToHexString(raw.sqlite3_column_blob(statement, index)),
        _ => null,
    };

    private static ProblemException Refused(string what, string hint) => SkillSettings.Wrong("sql", $"the statement was refused: {what}", hint: hint);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Affinity(ColumnKind kind) => kind switch { ColumnKind.Integer or ColumnKind.Boolean => "INTEGER", ColumnKind.Number => "REAL", _ => "TEXT" };

    private static object Sent(object? value) => value switch
    {
        null => DBNull.Value,
        DateTime or string => CellText.Format(value)!,
        bool flag => flag ? 1L : 0L,
        _ => value,
    };

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Only names go into the text, and they are quoted.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
