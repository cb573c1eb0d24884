using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Comparison;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Compares two tables, or two groups of one table: rows, columns, figures and mix.</summary>
public sealed class Compare : ISkill
{
    public string Name => "compare";

    public string Title => "Compare data";

    public string Description => "Compare two tables, versions, periods or groups: what changed, differences in figures and distributions, regression against a baseline; optimise by measuring before and after.";

    public IReadOnlyList<string> Aliases { get; } = ["comparison", "difference", "diff", "benchmark", "before and after", "baseline", "a/b test", "contrast", "drift", "optimise", "optimize"];

    public IReadOnlyList<string> AgentTypes { get; } = ["tester", "optimizer"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "by": { "type": "string", "title": "Group column", "description": "With one table: the column whose two values are compared." },
        "first": { "type": "string", "title": "First group" },
        "second": { "type": "string", "title": "Second group" },
        "key": { "type": "string", "title": "Key column", "description": "With two tables: counts rows added, removed and changed." }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var sources = await UpstreamTable.FindAllAsync(context, cancellationToken);
        var (first, second) = settings.Text("by") is { } by ? Groups(sources[0].Table, by, settings)
            : sources.Count >= 2 ? ((sources[0].StepName, sources[0].Table), (sources[1].StepName, sources[1].Table))
            : throw new ProblemException(ProblemCodes.NoData, $"Step '{context.Step.Name}' found one table ('{sources[0].StepName}'), and comparing needs two. Let it depend on both steps, or set `by` to a column that tells two groups apart.");
        context.ReportProgress(0.5);
        var differences = TableComparison.Of(first.Item2, second.Item2, cancellationToken);
        var output = new DataOutput(context, Name, sources)
        {
            Summary = $"Compared {first.Item1} ({first.Item2.RowCount:N0} rows) with {second.Item1} ({second.Item2.RowCount:N0} rows): {(differences.Count == 0 ? "no difference in figures or mix." : differences[0].Text)}",
            Counts = new JsonObject { ["rows_first"] = first.Item2.RowCount, ["rows_second"] = second.Item2.RowCount, ["differences"] = differences.Count },
            ["first"] = first.Item1,
            ["second"] = second.Item1,
            ["differences"] = new JsonArray([.. differences.Select(difference => difference.ToJson())]),
            ["columns_only_in_first"] = Names(first.Item2, second.Item2),
            ["columns_only_in_second"] = Names(second.Item2, first.Item2),
        };
        if (settings.Text("key") is { } key)
            output["rows_by_key"] = TableComparison.ByKey(first.Item2, second.Item2, key);
        return await output.CompleteAsync(TableComparison.ToTable(context.Step.Name, differences), cancellationToken);
    }

    private static JsonArray Names(Table one, Table other) => [.. one.Columns.Where(column => other.TryColumn(column.Name) is null).Select(column => JsonValue.Create(column.Name))];

    private static ((string, Table), (string, Table)) Groups(Table table, string by, SkillSettings settings)
    {
        var column = table.Required(by, "by");
        var values = column.Values.OfType<object>().Select(value => CellText.Format(value)!).GroupBy(text => text, StringComparer.Ordinal)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key).ToList();
        if (values.Count < 2)
            throw SkillSettings.Wrong("by", $"'{by}' has {values.Count} different values, and comparing needs two");
        var first = Pick("first", values[0]);
        var second = Pick("second", values.First(value => value != first));
        return ((first, Rows(first)), (second, Rows(second)));

        string Pick(string setting, string fallback) => settings.Text(setting) is not { } chosen ? fallback
            : values.Contains(chosen, StringComparer.Ordinal) ? chosen : throw SkillSettings.Wrong(setting, $"'{by}' has no value '{chosen}'", [.. values.Take(20)]);

        Table Rows(string value) => table.Where(row => CellText.Format(column.Values[row]) == value);
    }
}
