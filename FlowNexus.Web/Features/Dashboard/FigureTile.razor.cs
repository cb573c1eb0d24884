using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>One figure, how it changed and how it went; it leads to the rows behind it.</summary>
public sealed partial class FigureTile : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Name { get; set; }

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    [Parameter, EditorRequired]
    public required string Change { get; set; }

    [Parameter, EditorRequired]
    public required string Href { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<double?> Values { get; set; }

    [Parameter]
    public string Tone { get; set; } = "muted";
}
