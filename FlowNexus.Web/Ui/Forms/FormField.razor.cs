using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Forms.Editors;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>One field: its label, the editor of its kind, help and what is wrong.</summary>
public sealed partial class FormField : ComponentBase, IDisposable
{
    private IReadOnlyList<ProblemDetail> _problems = [];
    private string? _wrong;

    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter, EditorRequired]
    public required FieldSpec Field { get; set; }

    [Parameter]
    public JsonNode? Value { get; set; }

    [Parameter]
    public JsonObject? Siblings { get; set; }

    [Parameter, EditorRequired]
    public required string Pointer { get; set; }

    /// <summary>With paths that begin at this field.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<FormChange> OnChange { get; set; }

    /// <summary>Without a label that can be seen and without help: a cell of a row.</summary>
    [Parameter]
    public bool IsBare { get; set; }

    [Parameter]
    public string? BareLabel { get; set; }

    /// <summary>What a loop around the form goes over.</summary>
    [CascadingParameter(Name = "Items")]
    public JsonNode? OuterItems { get; set; }

    private bool IsPreviewed => Form.Hints?.PreviewAsync is not null && Field.Kind is FieldKind.Text or FieldKind.Loose or FieldKind.Json && !Field.IsRowExpression && Field.Editor is not ("code" or "items") && Field.Schema["x-preview"] is null;

    private JsonNode? Items => Field.Schema["x-item-of"]?.ToString() is { } name ? Siblings?[name] : OuterItems;

    private string Id => Form.ElementId(Pointer);

    private bool HasInput => Field.Kind is FieldKind.Text or FieldKind.Loose or FieldKind.Number or FieldKind.Json or FieldKind.Choice or FieldKind.Words;

    private string? Help => IsBare ? null : Field.Help;

    private string? DescribedBy => (Help, _problems.Count) switch
    {
        (null, 0) => null,
        (null, _) => Id + "-problems",
        (_, 0) => Id + "-help",
        _ => $"{Id}-problems {Id}-help",
    };

    // Inside a list or a group each field says for itself what is wrong with it.
    private bool SpeaksForInside => Field.Kind is not (FieldKind.Items or FieldKind.Group or FieldKind.Step or FieldKind.Map);

    private RenderFragment Editor => builder =>
    {
        builder.OpenComponent(0, FieldEditors.Of(Field.Kind));
        builder.AddComponentParameter(1, nameof(FieldEditor.Field), Field);
        builder.AddComponentParameter(2, nameof(FieldEditor.Value), Value);
        builder.AddComponentParameter(3, nameof(FieldEditor.Siblings), Siblings);
        builder.AddComponentParameter(4, nameof(FieldEditor.Pointer), Pointer);
        builder.AddComponentParameter(5, nameof(FieldEditor.DescribedBy), DescribedBy);
        builder.AddComponentParameter(6, nameof(FieldEditor.Wrong), _problems.Count > 0);
        builder.AddComponentParameter(7, nameof(FieldEditor.OnChange), OnChange);
        builder.AddComponentParameter(8, nameof(FieldEditor.OnWrong), EventCallback.Factory.Create<string?>(this, SetWrong));
        builder.CloseComponent();
    };

    protected override void OnParametersSet() => ReadProblems();

    public void Dispose() => Form.Unread.Remove(Pointer);

    private void SetWrong(string? wrong)
    {
        _wrong = wrong;
        if (wrong is null) Form.Unread.Remove(Pointer);
        else Form.Unread.Add(Pointer);
        ReadProblems();
    }

    private void ReadProblems()
    {
        var found = SpeaksForInside ? Form.Within(Pointer) : Form.At(Pointer);
        _problems = _wrong is null ? [.. found] : [new ProblemDetail(Pointer, "typed", _wrong), .. found];
    }
}
