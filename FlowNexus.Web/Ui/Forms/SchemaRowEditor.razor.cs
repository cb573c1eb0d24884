using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>One field of an input schema.</summary>
public sealed partial class SchemaRowEditor : ComponentBase
{
    private static readonly FieldSpec Choices = FieldReading.Of("enum", new JsonObject { ["title"] = "One of", ["type"] = "array" }, required: false);

    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter, EditorRequired]
    public required SchemaRow Row { get; set; }

    /// <summary>Another row has the same name.</summary>
    [Parameter]
    public bool IsDouble { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<SchemaRow> OnChange { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnRemove { get; set; }

    private string At => "/row" + Row.Number.ToString(CultureInfo.InvariantCulture);

    private string Id => Form.ElementId(At);

    /// <summary>The default is typed as what the field is.</summary>
    private FieldSpec Standard => FieldReading.Of("default", new JsonObject
    {
        ["title"] = "Default",
        ["type"] = Row.Kind is "number" or "integer" ? Row.Kind : Row.Kind == "string" ? "string" : null,
        ["examples"] = new JsonArray("default"),
    }, required: false);

    private Task KindAsync(ChangeEventArgs args) => args.Value?.ToString() is { Length: > 0 } kind ? OnChange.InvokeAsync(Row.With(kind)) : Task.CompletedTask;

    private static Dictionary<string, object> Attributes(string label, string placeholder) => new() { ["aria-label"] = label, ["placeholder"] = placeholder };
}
