using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>An object whose names are the author's, a row each.</summary>
public sealed partial class MapEditor : FieldEditor
{
    private readonly MapRows _rows = new();
    private ElementReference _add;
    private FieldSpec? _value;

    /// <summary>What a row's value is, by the schema's additionalProperties; anything when it does not say.</summary>
    private FieldSpec ValueField => _value ??= FieldReading.Of("value", Worth(), required: false);

    protected override void OnParametersSet() => _rows.Receive(Value as JsonObject);

    private JsonObject Worth()
    {
        var schema = Field.Schema["additionalProperties"] is JsonObject given ? (JsonObject)given.DeepClone() : new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "array") };
        if (Field.IsRowExpression || Field.IsExpression) schema["x-editor"] = Field.Editor;
        return schema;
    }

    private static Dictionary<string, object> Names(MapRow row) => new() { ["aria-label"] = row.Name.Length > 0 ? $"Name of row {row.Name}" : "Name of the new row", ["placeholder"] = "name" };

    private async Task RenameAsync(MapRow row, string name)
    {
        _rows.Rename(row.Number, name.Trim());
        await SendRowsAsync();
    }

    private async Task SetAsync(MapRow row, JsonNode? value)
    {
        _rows.Set(row.Number, value);
        await SendRowsAsync();
    }

    private async Task RemoveAsync(MapRow row)
    {
        _rows.Remove(row.Number);
        await SendRowsAsync();
        await _add.FocusAsync();
    }

    private async Task SendRowsAsync()
    {
        var doubles = _rows.Doubles;
        await OnWrong.InvokeAsync(doubles.Count == 0 ? null : $"Two rows are named {string.Join(", ", doubles)}; the first one counts.");
        await SendAsync(_rows.Read());
    }
}
