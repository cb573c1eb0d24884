using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Lists;

namespace FlowNexus.Web.Features.Executions;

/// <summary>The first rows of a table in a step's output, as data skills give them.</summary>
internal sealed record StepPreview(IReadOnlyList<PreviewColumn> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, long? Total)
{
    private const int MostRows = 8;

    /// <summary>Null when the output carries no table.</summary>
    public static StepPreview? TryRead(JsonNode? output)
    {
        if (output is not JsonObject fields || fields["columns"] is not JsonArray columns || fields["preview"] is not JsonArray preview || preview.Count == 0) return null;
        var names = columns.OfType<JsonObject>().Select(column => (Name: Text(column["name"]) ?? "", Kind: Text(column["kind"]))).ToList();
        if (names.Count == 0 || preview[0] is not JsonObject) return null;
        var rows = preview.OfType<JsonObject>().Take(MostRows).Select(row => (IReadOnlyList<string?>)[.. names.Select(column => Text(row[column.Name]))]).ToList();
        var total = fields["rows"] is JsonValue value && value.TryGetValue(out long count) ? count : (long?)null;
        return new StepPreview([.. names.Select(column => new PreviewColumn(column.Name, column.Kind, column.Kind is "number" or "integer"))], rows, total);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString();
}
