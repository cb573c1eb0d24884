using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Sql;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Asks the tables of earlier steps a question in SQL.</summary>
public sealed class SqlQuery : ISkill
{
    private const int MostRows = 200_000;

    public string Name => "sql";

    public string Title => "Query with SQL";

    public string Description => "Query, join or analyse tables of earlier steps with a SQL SELECT statement.";

    public IReadOnlyList<string> Aliases { get; } = ["sql query", "select statement", "database query", "join tables", "query data", "sqlite"];

    public IReadOnlyList<string> AgentTypes { get; } = ["analyst", "coder"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "sql": { "type": "string", "x-editor": "code", "title": "SQL", "description": "One SELECT in SQLite's dialect. Each table is named after its step; the first is also called data." },
        "max_seconds": { "type": "number", "default": 30, "minimum": 0.1, "maximum": 600, "title": "Time limit (s)" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var sql = settings.Text("sql") ?? settings.Text("query")
            ?? throw SkillSettings.Wrong("sql", "a statement is needed", hint: "For example SELECT region, SUM(revenue) AS revenue FROM data GROUP BY region.");
        var seconds = settings.Number("max_seconds", 30, 0.1, 600);
        var sources = await UpstreamTable.FindAllAsync(context, cancellationToken);
        using var database = new TableDatabase();
        var names = ColumnNames.Unique([.. sources.Select(source => source.StepName)]);
        for (var index = 0; index < sources.Count; index++)
        {
            database.Load(names[index], sources[index].Table, cancellationToken);
            context.ReportProgress(0.6 * (index + 1) / sources.Count);
        }
        if (!names.Contains("data", StringComparer.OrdinalIgnoreCase))
            database.Alias("data", names[0]);
        var table = Query(context, database, sql, seconds, cancellationToken);
        var output = new DataOutput(context, Name, sources)
        {
            Summary = $"Queried {sources.Sum(source => source.Table.RowCount):N0} rows of {string.Join(", ", names)} with SQL; the answer has {table.RowCount:N0} rows.",
            Counts = new JsonObject { ["rows_in"] = sources.Sum(source => source.Table.RowCount), ["rows_out"] = table.RowCount, ["tables"] = sources.Count },
            ["sql"] = sql,
        };
        return await output.CompleteAsync(table, cancellationToken);
    }

    private static Table Query(StepContext context, TableDatabase database, string sql, double seconds, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds), context.Time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            return database.Query(sql, context.Step.Name, MostRows, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(ProblemCodes.StepTimeout, $"The SQL statement did not finish within {seconds} s. Make it simpler, or raise max_seconds.");
        }
    }
}
