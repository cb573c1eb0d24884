using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>What a workflow's input must be: a row for each field, and JSON for what rows cannot say.</summary>
public sealed partial class SchemaEditor : ComponentBase
{
    private static readonly NamedChoice[] Views = [new("rows", "Fields"), new("json", "JSON")];

    private static readonly FieldSpec Whole = FieldReading.Of("schema", new JsonObject { ["title"] = "JSON Schema", ["description"] = "JSON Schema 2020-12 of input_data. Empty: any input." }, required: false);

    private readonly SchemaRows _rows = new();
    private FormContext _form = new();
    private ElementReference _add;
    private bool _asJson;

    /// <summary>Never changed here; null accepts any input.</summary>
    [Parameter]
    public JsonObject? Schema { get; set; }

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public IReadOnlyList<ProblemDetail> Problems { get; set; } = [];

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter]
    public string Label { get; set; } = "Input schema";

    /// <summary>With the whole new schema; null when there is none any more.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<JsonObject?> OnChange { get; set; }

    protected override void OnParametersSet()
    {
        _rows.Receive(Schema);
        _form = _form.With(null, ReadOnly, [], []);
    }

    private Task ChangeAsync(SchemaRow row)
    {
        _rows.Replace(row);
        return OnChange.InvokeAsync(_rows.Read());
    }

    private async Task RemoveAsync(SchemaRow row)
    {
        _rows.Remove(row);
        await OnChange.InvokeAsync(_rows.Read());
        await _add.FocusAsync();
    }
}
