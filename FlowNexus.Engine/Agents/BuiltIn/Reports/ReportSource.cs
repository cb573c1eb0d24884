using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>The data a report is about and what earlier steps said about it.</summary>
/// <param name="Sha256">Digest of the table's file, as its step recorded it.</param>
public sealed record ReportSource(string Step, Table Table, JsonObject Output, string? Sha256, long Bytes)
{
    /// <summary>The table of a direct dependency, else of the latest earlier step that has one.</summary>
    /// <exception cref="ProblemException">NO_DATA when no step made a table or the table has no rows.</exception>
    public static async Task<ReportSource> FindAsync(StepContext context, CancellationToken cancellationToken)
    {
        var direct = context.Scope.DirectDependencies;
        var names = direct.Concat(context.Scope.Outputs.Keys.Reverse().Except(direct, StringComparer.Ordinal));
        foreach (var name in names)
        {
            if (context.Scope.Outputs.GetValueOrDefault(name) is not JsonObject output || output["table"] is not JsonObject reference || Text(reference["artifact_id"]) is not { } id)
                continue;
            await using var stream = await context.Artifacts.OpenAsync(id, cancellationToken);
            var table = await ReportCsv.ReadAsync(stream, Path.GetFileNameWithoutExtension(Text(reference["name"]) ?? "data"), Kinds(output["columns"]), cancellationToken);
            if (table.RowCount == 0)
                throw new ProblemException(ProblemCodes.NoData, $"The table of step '{name}' has no rows, so there is nothing to report. Check that step's filters and its source.");
            return new ReportSource(name, table, output, Text(reference["sha256"]), reference["size"] is JsonValue size && size.TryGetValue<long>(out var bytes) ? bytes : 0);
        }
        var seen = context.Scope.Outputs.Count == 0 ? "No earlier step has an output" : $"None of the earlier steps ({string.Join(", ", context.Scope.Outputs.Keys)}) produced a table";
        throw new ProblemException(ProblemCodes.NoData, $"Step '{context.Step.Name}' has no data to report on. {seen}. Put a step that extracts data before it.");
    }

    /// <summary>What was done to the data, from the <c>lineage</c> that data steps hand on.</summary>
    public IReadOnlyList<ProcessingStep> Processing() =>
    [
        .. (Output["lineage"] as JsonArray ?? []).OfType<JsonObject>().Select(entry => new ProcessingStep(
            Text(entry["step"]) ?? "", Text(entry["skill"]), Text(entry["summary"]), Counts(entry["counts"]))),
    ];

    /// <summary>The data set's name as the extracting step gave it, else the file's.</summary>
    public string Name => Output["source"] switch
    {
        JsonObject source => Text(source["dataset"]) ?? Text(source["name"]) ?? Text(source["file"]) ?? Text(source["url"]) ?? Table.Name,
        JsonValue value => Text(value) ?? Table.Name,
        _ => Table.Name,
    };

    private static List<Figure> Counts(JsonNode? node)
    {
        var counts = new List<Figure>();
        foreach (var (name, value) in node as JsonObject ?? [])
        {
            if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && number.TryGetValue<double>(out var count)) counts.Add(new Figure(name, count));
            else if (value is JsonValue integer && integer.TryGetValue<long>(out var whole)) counts.Add(new Figure(name, whole));
            else if (value is JsonObject inner) counts.AddRange(Counts(inner).Select(figure => figure with { Name = $"{name}: {figure.Name}" }));
        }
        return counts;
    }

    private static Dictionary<string, ColumnKind> Kinds(JsonNode? node)
    {
        var kinds = new Dictionary<string, ColumnKind>(StringComparer.OrdinalIgnoreCase);
        foreach (var column in (node as JsonArray ?? []).OfType<JsonObject>())
        {
            if (Text(column["name"]) is { } name && Enum.TryParse<ColumnKind>(Text(column["kind"]), ignoreCase: true, out var kind)) kinds[name] = kind;
        }
        return kinds;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
