using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Learning;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Skills;

/// <summary>Splits a table by chance, evenly, or by the values of a column.</summary>
public sealed class Split : ISkill
{
    private const int MostParts = 50;

    public string Name => "split";

    public string Title => "Split data";

    public string Description => "Split, partition, distribute or divide data into parts: train and test, batches, or one part per category; coordinate work in chunks.";

    public IReadOnlyList<string> Aliases { get; } = ["partition", "divide", "distribute", "batch", "batches", "chunk", "train test split", "fan out", "coordinate", "delegate"];

    public IReadOnlyList<string> AgentTypes { get; } = ["coordinator"];

    public JsonObject SettingsSchema { get; } = SkillSchema.OfTable("""
        "by": { "type": "string", "title": "By column", "description": "One part per value." },
        "parts": { "type": "integer", "minimum": 2, "maximum": 50, "title": "Equal parts" },
        "fraction": { "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1, "default": 0.8, "title": "Share of the first part", "description": "The rest is the second part; rows are drawn by the seed." },
        "seed": { "type": "integer", "default": 42, "title": "Seed" }
        """);

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var settings = new SkillSettings(context);
        var source = await UpstreamTable.FindAsync(context, cancellationToken);
        var parts = Parts(source.Table, settings);
        var output = new DataOutput(context, Name, source)
        {
            Summary = $"Split {source.Table.RowCount:N0} rows into {parts.Count} parts: {string.Join(", ", parts.Take(6).Select(part => $"{part.Name} {part.Rows.Count:N0}"))}{(parts.Count > 6 ? " …" : "")}.",
            Counts = new JsonObject { ["rows_in"] = source.Table.RowCount, ["parts"] = parts.Count },
        };
        var list = new JsonArray();
        for (var index = 0; index < parts.Count; index++)
        {
            var table = source.Table.Take(parts[index].Rows);
            list.Add(new JsonObject
            {
                ["name"] = parts[index].Name,
                ["rows"] = table.RowCount,
                ["columns"] = ColumnsJson.Write(table),
                ["table"] = await output.AttachAsync(table, $"{context.Step.Name}_{parts[index].Name}", cancellationToken),
            });
            context.ReportProgress(0.3 + 0.6 * (index + 1) / parts.Count);
        }
        output["parts"] = list;
        return await output.CompleteUnchangedAsync(cancellationToken);
    }

    private static List<(string Name, List<int> Rows)> Parts(Table table, SkillSettings settings)
    {
        if (settings.Text("by") is { } by)
        {
            var column = table.Required(by, "by");
            var groups = Enumerable.Range(0, table.RowCount).GroupBy(row => CellText.Format(column.Values[row]) ?? "missing", StringComparer.Ordinal).ToList();
            return groups.Count <= MostParts
                ? [.. groups.OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, group.ToList()))]
                : throw SkillSettings.Wrong("by", $"'{by}' has {groups.Count:N0} values, and at most {MostParts} parts are made");
        }
        if (settings.Number("parts") is not null)
        {
            var count = (int)settings.Number("parts", 2, 2, MostParts);
            return [.. Enumerable.Range(0, count).Select(part => ($"part_{part + 1}", Enumerable.Range(0, table.RowCount).Where(row => row % count == part).ToList()))];
        }
        var fraction = settings.Number("fraction", 0.8, 0.01, 0.99);
        var (train, test) = HoldOut.Split(table.RowCount, 1 - fraction, (ulong)settings.Number("seed", 42, 0, long.MaxValue));
        return [("train", train), ("test", test)];
    }
}
