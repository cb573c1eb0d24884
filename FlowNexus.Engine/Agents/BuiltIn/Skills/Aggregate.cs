using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Aggregation;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Groups rows and computes figures per group.</summary>
public sealed class Aggregate : ISkill
{
    public string Name => "aggregate";

    public string Title => "Aggregate data";

    public string Description => "Aggregate, group, count, sum or average records by category, segment, region or time period; totals, breakdowns, metrics and KPIs.";

    public IReadOnlyList<string> Aliases { get; } =
        ["group by", "grouping", "sum", "totals", "average", "count", "breakdown", "pivot", "roll up", "rollup", "metrics", "kpi", "per month", "statistics by group"];

    public IReadOnlyList<string> AgentTypes { get; } = ["analyst", "optimizer"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "group_by": { "type": ["string", "array"], "items": { "type": "string" }, "title": "Group by", "description": "Columns. Default: the time axis, else the most telling category." },
        "time_bucket": { "type": "string", "enum": ["day", "week", "month", "quarter", "year"], "title": "Time bucket", "description": "For date columns in group_by. Default: what fits the span." },
        "measures": { "type": ["array", "object", "string"], "title": "Measures", "description": "sum(revenue), mean(units), count, distinct(customer_id), share(revenue)." },
        "include_outliers": { "type": "boolean", "default": false, "title": "Include rows marked as outliers" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        context.ReportProgress(0.3);
        var roles = TableRoles.Of(source.Table, settings.Flag("include_outliers", false), cancellationToken);
        var by = GroupColumns(settings, roles);
        var measures = settings.Node("measures") is { } given ? Measure.Read(given, roles.Table) : DefaultMeasures(roles);
        var table = Grouping.Aggregate(context.Step.Name, by, measures, roles.Table.RowCount);
        context.ReportProgress(0.8);
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Aggregated {roles.Table.RowCount:N0} rows into {table.RowCount:N0} groups{(by.Count == 0 ? "" : " by " + string.Join(" and ", by.Select(column => column.Name)))}: "
                + string.Join(", ", measures.Select(measure => measure.Name)) + (roles.OutliersSetAside > 0 ? $"; {roles.OutliersSetAside:N0} outlying rows set aside." : "."),
            Counts = new JsonObject { ["rows_in"] = source.Table.RowCount, ["groups"] = table.RowCount, ["outliers_set_aside"] = roles.OutliersSetAside },
            ["group_by"] = new JsonArray([.. by.Select(column => JsonValue.Create(column.Name))]),
            ["measures"] = new JsonArray([.. measures.Select(measure => JsonValue.Create(measure.Name))]),
        };
        return await output.CompleteAsync(table, cancellationToken);
    }

    private static List<Column> GroupColumns(SkillSettings settings, TableRoles roles)
    {
        var bucket = settings.Node("time_bucket") is null ? null : settings.Choice("time_bucket", "month", TimeBucket.Sizes);
        var named = settings.Texts("group_by");
        if (named.Count > 0)
            return [.. named.Select(name => Bucketed(roles.Table.Required(name, "group_by"), bucket))];
        if (roles.Time is { } time)
            return [TimeBucket.Of(time, bucket ??= TimeBucket.Fitting(time), bucket)];
        return roles.Categories is [var category, ..] ? [category] : throw new ProblemException(ProblemCodes.NoData,
            $"'{roles.Table.Name}' has no dates and no categories to group by; set group_by to one of: {string.Join(", ", roles.Table.Columns.Select(column => column.Name))}.");
    }

    private static Column Bucketed(Column column, string? bucket) =>
        column.Kind == ColumnKind.Date ? TimeBucket.Of(column, bucket ?? TimeBucket.Fitting(column), column.Name) : column;

    private static List<Measure> DefaultMeasures(TableRoles roles) =>
    [
        Measure.Make("count", null, null, roles.Table),
        .. roles.Measures.Take(4).Select(column => Measure.Make(TableRoles.IsAdditive(column) ? "sum" : "mean", column.Name, null, roles.Table)),
    ];
}
