using System.Text.Json;
using System.Text.Json.Nodes;
using CsvHelper;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>Finds the rows a validation step looks at: its <c>data</c>, the direct dependencies' outputs, the input.</summary>
internal static class ValidationSource
{
    private static readonly string[] InputFields = ["rows", "data", "records"];

    public static async Task<(CheckedRows Rows, long BytesRead)> ReadAsync(StepContext context, Template? data, CancellationToken cancellationToken)
    {
        if (data is not null)
        {
            var given = data.Render(context.Scope);
            return await TryReadAsync(context, given, cancellationToken)
                ?? throw NoData("'data' gives neither rows nor the output of a step with a table.");
        }

        var found = context.Scope.DirectDependencies.Where(name => HasRows(context.Scope.Outputs.GetValueOrDefault(name))).ToList();
        if (found.Count > 1) throw NoData($"The steps {string.Join(" and ", found)} all have rows.", $"Choose with \"data\": \"{{{{ steps.{found[0]}.output }}}}\".");
        if (found.Count == 1) return (await TryReadAsync(context, context.Scope.Outputs[found[0]], cancellationToken))!.Value;

        foreach (var field in InputFields)
        {
            if ((context.Scope.Input as JsonObject)?[field] is { } given && HasRows(given)) return (await TryReadAsync(context, given, cancellationToken))!.Value;
        }

        throw NoData($"Step '{context.Step.Name}' has no data to check: no step right before it has rows or a table, and the input has none.");
    }

    private static bool HasRows(JsonNode? node) => node switch
    {
        JsonArray array => array.All(item => item is JsonObject),
        JsonObject output => ArtifactOf(output) is not null || output["rows"] is JsonArray rows && rows.All(item => item is JsonObject),
        _ => false,
    };

    private static async Task<(CheckedRows, long)?> TryReadAsync(StepContext context, JsonNode? node, CancellationToken cancellationToken)
    {
        if (!HasRows(node)) return null;
        if (node is JsonObject output && ArtifactOf(output) is { } artifact)
        {
            try
            {
                return await ReadArtifactAsync(context, artifact, Kinds(output["columns"]), cancellationToken);
            }
            catch (Exception failure) when (failure is CsvFormatException or InvalidDataException or JsonException)
            {
                throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, $"The artifact '{artifact["name"]}' cannot be read as a table: {failure.Message}"), failure);
            }
        }

        var rows = node as JsonArray ?? (JsonArray)node!["rows"]!;
        return (CheckedRows.Of([.. rows.Cast<JsonObject>()]), 0);
    }

    private static async Task<(CheckedRows, long)?> ReadArtifactAsync(StepContext context, JsonObject artifact, Dictionary<string, string> kinds, CancellationToken cancellationToken)
    {
        await using var stream = await context.Artifacts.OpenAsync(artifact["artifact_id"]!.GetValue<string>(), cancellationToken);
        var size = JsonNumbers.TryRead(artifact["size"], out var bytes) ? (long)bytes : 0;
        if (artifact["media_type"]?.ToString() != "application/json") return (CheckedRows.Of(await ReadCsvAsync(stream, cancellationToken), kinds), size);
        return await JsonNode.ParseAsync(stream, cancellationToken: cancellationToken) is JsonArray parsed && HasRows(parsed)
            ? (CheckedRows.Of([.. parsed.Cast<JsonObject>()]), size)
            : null;
    }

    // Cells stay as they are written: reading them by type would hide the ones that do not fit.
    private static async Task<Table> ReadCsvAsync(Stream stream, CancellationToken cancellationToken)
    {
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { PoolStrings = true }, leaveOpen: true);
        await reader.ReadHeaderAsync(cancellationToken);
        string[] header = [.. reader.Headers];
        var cells = header.Select(_ => new List<object?>()).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var i = 0; i < cells.Length; i++) cells[i].Add(i < reader.FieldCount ? CheckedRows.Blank(reader.GetString(i)) : null);
        }

        return new Table("rows", [.. header.Select((name, index) => new Column(name, ColumnKind.Text, [.. cells[index]]))]);
    }

    private static JsonObject? ArtifactOf(JsonObject output)
    {
        var artifact = output["table"] as JsonObject ?? output;
        return artifact["artifact_id"] is JsonValue id && id.GetValueKind() == JsonValueKind.String ? artifact : null;
    }

    private static Dictionary<string, string> Kinds(JsonNode? columns)
    {
        var kinds = new Dictionary<string, string>();
        foreach (var column in (columns as JsonArray ?? []).OfType<JsonObject>())
        {
            if (column["name"] is { } name && column["kind"] is { } kind) kinds[name.ToString()] = kind.ToString();
        }

        return kinds;
    }

    private static ProblemException NoData(string message, string? hint = null) => new(new Problem(ProblemCodes.NoData, $"{message} {hint}".Trim())
    {
        Details = [new ProblemDetail("/data", "no_data", message) { Hint = hint ?? "Put the step right after the one that extracts the data, or set \"data\" to {{ steps.NAME.output }} or to an array of objects." }],
    });
}
