using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>The data a report is about and what earlier steps said about it.</summary>
/// <param name="Output">What the step that made the table said; empty for rows given in place.</param>
public sealed record ReportSource(Table Table, JsonObject Output, long Bytes)
{
    /// <exception cref="ProblemException">NO_DATA when there is no table or it has no rows.</exception>
    public static async Task<ReportSource> FindAsync(StepContext context, CancellationToken cancellationToken)
    {
        var found = await UpstreamTable.FindAsync(context, cancellationToken);
        if (found.Table.RowCount == 0)
            throw new ProblemException(ProblemCodes.NoData, $"The table of '{found.StepName}' has no rows, so there is nothing to report. Check that step's filters and its source.");
        return new ReportSource(found.Table, found.Output ?? [], found.BytesRead);
    }

    /// <summary>Digest of the table's file, as its step recorded it.</summary>
    public string? Sha256 => ArtifactJson.TryRead(Output["table"])?.Sha256 is { Length: > 0 } digest ? digest : null;

    /// <summary>Where the rows came from, as the extracting step told it.</summary>
    public string? Name => Output["source"] switch
    {
        JsonObject source => Text(source["name"]),
        JsonValue value => Text(value),
        _ => null,
    };

    /// <summary>A heading from the source's name: of a path or address its last part without the extension; of several sources none.</summary>
    public string? Heading()
    {
        if (Name is not { } name || name.Contains(" + ", StringComparison.Ordinal)) return null;
        var last = Path.GetFileNameWithoutExtension(name.Split(['?', '#'])[0].TrimEnd('/').Split(['/', '\\'])[^1]);
        return last.Any(char.IsLetter) ? ColumnWords.Label(last.Replace('-', '_')) : null;
    }

    /// <summary>What was done to the data, from the <c>lineage</c> that data steps hand on.</summary>
    public IReadOnlyList<ProcessingStep> Processing() =>
    [
        .. (Output["lineage"] as JsonArray ?? []).OfType<JsonObject>().Select(entry => new ProcessingStep(
            Text(entry["step"]) ?? "", Text(entry["skill"]), Text(entry["summary"]), Counts(entry["counts"]))),
    ];

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

    private static string? Text(JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
