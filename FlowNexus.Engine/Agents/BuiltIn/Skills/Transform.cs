using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Shaping;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Reshapes a table: filter, derive, rename, select, sort, limit.</summary>
public sealed class Transform : ISkill
{
    public string Name => "transform";

    public string Title => "Transform data";

    public string Description => "Transform, reshape, convert, filter, sort, rename or derive columns and rows of a table; feature engineering.";

    public IReadOnlyList<string> Aliases { get; } =
        ["reshape", "convert", "filter rows", "select columns", "rename columns", "derive", "compute column", "sort", "enrich", "map fields", "feature engineering"];

    public IReadOnlyList<string> AgentTypes { get; } = ["analyst", "coder"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "filter": { "type": "string", "x-expression": true, "title": "Filter", "description": "Rows to keep: region == \"Europe\" and revenue > 100. Columns are names." },
        "derive": { "type": "object", "x-expression": true, "title": "New columns", "description": "By name, an expression: {\"unit_revenue\": \"revenue / units\"}." },
        "rename": { "type": "object", "title": "Rename", "description": "{\"old\": \"new\"}" },
        "select": { "type": "array", "items": { "type": "string" }, "title": "Columns to keep" },
        "drop": { "type": "array", "items": { "type": "string" }, "title": "Columns to leave out" },
        "distinct": { "type": "boolean", "default": false, "title": "Remove duplicate rows" },
        "sort": { "type": "array", "items": { "type": "string" }, "title": "Sort", "description": "Column names; -revenue is descending." },
        "limit": { "type": "integer", "minimum": 1, "title": "Most rows" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        context.ReportProgress(0.3);
        var plan = new TransformPlan(new SkillSettings(context), context.Scope, cancellationToken);
        var table = plan.Apply(source.Table);
        context.ReportProgress(0.8);
        if (plan.Done.Count == 0)
            throw SkillSettings.Wrong("select", "a transformation needs at least one thing to do", ["filter", "derive", "rename", "select", "drop", "distinct", "sort", "limit"]);
        plan.Counts["rows_in"] = source.Table.RowCount;
        plan.Counts["rows_out"] = table.RowCount;
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Transformed {source.Table.RowCount:N0} rows to {table.RowCount:N0}: {string.Join("; ", plan.Done)}.",
            Counts = plan.Counts,
            ["actions"] = new JsonArray([.. plan.Done.Select(done => JsonValue.Create(done))]),
        };
        return await output.CompleteAsync(table with { Name = context.Step.Name }, cancellationToken);
    }
}
