using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>Edits the value of one field; the label, the help and what is wrong stand around it.</summary>
public abstract class FieldEditor : ComponentBase
{
    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter, EditorRequired]
    public required FieldSpec Field { get; set; }

    [Parameter]
    public JsonNode? Value { get; set; }

    /// <summary>Where the field stands in the form's value.</summary>
    [Parameter, EditorRequired]
    public required string Pointer { get; set; }

    /// <summary>The value that holds the field.</summary>
    [Parameter]
    public JsonObject? Siblings { get; set; }

    /// <summary>Ids of the elements that help with it or say what is wrong.</summary>
    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public bool Wrong { get; set; }

    /// <summary>With paths that begin at this field.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<FormChange> OnChange { get; set; }

    /// <summary>What is wrong with text that cannot be a value; null when all is well again.</summary>
    [Parameter]
    public EventCallback<string?> OnWrong { get; set; }

    protected string Id => Form.ElementId(Pointer);

    protected string LabelId => Id + "-label";

    protected IReadOnlyDictionary<string, object> Aria
    {
        get
        {
            var attributes = new Dictionary<string, object>();
            if (DescribedBy is not null) attributes["aria-describedby"] = DescribedBy;
            if (Field.Required) attributes["aria-required"] = "true";
            if (Placeholder is { } placeholder) attributes["placeholder"] = placeholder;
            return attributes;
        }
    }

    protected string? Placeholder =>
        Field.Default is { } standard ? $"default {LooseText.Of(standard, oneLine: true)}"
        : Field.Examples.Count > 0 ? LooseText.Of(Field.Examples[^1], oneLine: true)
        : null;

    protected Task SendAsync(JsonNode? value) => OnChange.InvokeAsync(new FormChange([], value));
}
