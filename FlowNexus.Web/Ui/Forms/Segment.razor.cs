using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>A few choices side by side, one of them taken.</summary>
public sealed partial class Segment : ComponentBase
{
    /// <summary>Unique on the page: it groups the choices.</summary>
    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<NamedChoice> Options { get; set; }

    [Parameter]
    public string? Chosen { get; set; }

    [Parameter]
    public EventCallback<string> OnChoose { get; set; }

    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public string? LabelledBy { get; set; }

    [Parameter]
    public string? DescribedBy { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }
}
