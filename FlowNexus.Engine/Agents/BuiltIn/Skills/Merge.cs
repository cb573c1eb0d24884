using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Shaping;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Puts the tables of several steps under each other, or joins two on key columns.</summary>
public sealed class Merge : ISkill
{
    public string Name => "merge";

    public string Title => "Merge data";

    public string Description => "Merge, combine, join, append or consolidate the results of several steps into one table; collect parallel branches.";

    public IReadOnlyList<string> Aliases { get; } = ["combine", "join", "union", "append", "consolidate", "collect results", "fan in", "integrate", "aggregate results", "coordinate"];

    public IReadOnlyList<string> AgentTypes { get; } = ["coordinator"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "on": { "type": ["string", "array"], "items": { "type": "string" }, "title": "Join on", "description": "Key columns. Without it the rows are put under each other." },
        "how": { "type": "string", "enum": ["inner", "left"], "default": "inner", "title": "Join" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var sources = await UpstreamTable.FindAllAsync(context, cancellationToken);
        if (sources.Count < 2)
            throw new ProblemException(ProblemCodes.NoData, $"Step '{context.Step.Name}' found one table ('{sources[0].StepName}'), and merging needs two. Let it depend on both steps, or list them in `input`.");
        context.ReportProgress(0.4);
        var keys = settings.Texts("on");
        var left = settings.Choice("how", "inner", "inner", "left") == "left";
        var table = keys.Count == 0
            ? Union.Of([.. sources.Select(source => (source.StepName, source.Table))], "source")
            : sources.Skip(1).Aggregate(sources[0].Table, (joined, next) => Join.Tables(joined, next.Table, keys, left, cancellationToken));
        var names = string.Join(", ", sources.Select(source => source.StepName));
        var output = new DataOutput(context, Name, sources)
        {
            Summary = keys.Count == 0
                ? $"Put the rows of {names} together: {table.RowCount:N0} rows."
                : $"Joined {names} on {string.Join(", ", keys)}: {table.RowCount:N0} rows with {table.Columns.Count} columns.",
            Counts = new JsonObject { ["tables"] = sources.Count, ["rows_in"] = sources.Sum(source => source.Table.RowCount), ["rows_out"] = table.RowCount },
        };
        return await output.CompleteAsync(table with { Name = context.Step.Name }, cancellationToken);
    }
}
