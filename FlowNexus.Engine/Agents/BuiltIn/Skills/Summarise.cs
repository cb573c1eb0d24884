using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Findings;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Says what the data says: totals, trends, leading groups, shifts, concentration, each with its figures.</summary>
public sealed class Summarise : ISkill
{
    public string Name => "summarise";

    public string Title => "Summarise findings";

    public string Description => "Summarise and analyse data: find trends, top segments, period changes, concentration and correlations; insights and conclusions with figures.";

    public IReadOnlyList<string> Aliases { get; } =
        ["summarize", "summary", "analyse", "analyze", "analysis", "insights", "findings", "trends", "data_analysis", "interpret", "key figures", "conclusions"];

    public IReadOnlyList<string> AgentTypes { get; } = ["analyst"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "measure": { "type": "string", "title": "Measure", "description": "The numeric column that matters. Default: chosen by name." },
        "include_outliers": { "type": "boolean", "default": false, "title": "Include rows marked as outliers" },
        "limit": { "type": "integer", "minimum": 1, "maximum": 100, "default": 20, "title": "Most findings" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        if (source.Table.RowCount == 0)
            throw new ProblemException(ProblemCodes.NoData, $"The table of '{source.StepName}' has no rows, so there is nothing to summarise.");
        context.ReportProgress(0.3);
        var roles = TableRoles.Of(source.Table, settings.Flag("include_outliers", false), cancellationToken);
        if (settings.Text("measure") is { } named)
            roles = roles with { Measure = Numeric(roles.Table.Required(named, "measure")) };
        var findings = TableFindings.Of(roles, cancellationToken).Take((int)settings.Number("limit", 20, 1, 100)).ToList();
        context.ReportProgress(0.9);
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Found {findings.Count} things worth saying about {roles.Table.RowCount:N0} rows{(roles.Measure is { } measure ? $", measured by {measure.Name}" : "")}.",
            Counts = new JsonObject { ["rows"] = roles.Table.RowCount, ["findings"] = findings.Count, ["outliers_set_aside"] = roles.OutliersSetAside },
            ["findings"] = new JsonArray([.. findings.Select(finding => finding.ToJson())]),
            ["text"] = string.Join(" ", findings.Take(6).Select(finding => finding.Text)),
        };
        return await output.CompleteUnchangedAsync(cancellationToken);
    }

    private static Column Numeric(Column column) => column.IsNumeric() && column.MissingCount < column.Values.Length ? column : throw SkillSettings.Wrong("measure", $"'{column.Name}' is {ColumnsJson.Name(column.Kind)}, and a measure holds numbers");
}
