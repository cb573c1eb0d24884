using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Looks at every column: kind, gaps, distinct values, quantiles, how numbers move together.</summary>
public sealed class Profile : ISkill
{
    public string Name => "profile";

    public string Title => "Profile data";

    public string Description =>
        "Profile, explore, inspect or describe a data set: statistics per column, missing values, distinct values, distributions, size, correlations.";

    public IReadOnlyList<string> Aliases { get; } =
        ["data_profiling", "explore", "exploration", "inspect", "describe", "statistics", "statistical_modeling", "data_analysis", "distribution", "data size", "assess quality", "correlation"];

    public IReadOnlyList<string> AgentTypes { get; } = ["researcher", "analyst", "optimizer"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("");

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        context.ReportProgress(0.4);
        var profile = TableProfile.Of(source.Table, cancellationToken);
        context.ReportProgress(0.9);
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Profiled {source.Table.RowCount:N0} rows in {source.Table.Columns.Count} columns: {profile.MissingCells:N0} missing cells, {profile.DuplicateRows:N0} duplicate rows.",
            Counts = new JsonObject
            {
                ["rows"] = source.Table.RowCount,
                ["columns"] = source.Table.Columns.Count,
                ["missing_cells"] = profile.MissingCells,
                ["duplicate_rows"] = profile.DuplicateRows,
            },
            ["profile"] = profile.ToJson(),
        };
        return await output.CompleteUnchangedAsync(cancellationToken);
    }
}
