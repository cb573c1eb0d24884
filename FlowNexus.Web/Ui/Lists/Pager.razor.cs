using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Lists;

/// <summary>The way to the neighbouring pages of a list; nothing when there is one page.</summary>
public sealed partial class Pager : ComponentBase
{
    /// <summary>From 1.</summary>
    [Parameter, EditorRequired]
    public required int Page { get; set; }

    /// <summary>Rows on a page.</summary>
    [Parameter, EditorRequired]
    public required int Size { get; set; }

    [Parameter, EditorRequired]
    public required int Total { get; set; }

    /// <summary>There may be more than <see cref="Total"/>.</summary>
    [Parameter]
    public bool AtLeast { get; set; }

    /// <summary>The address of a page.</summary>
    [Parameter, EditorRequired]
    public required Func<int, string> Href { get; set; }

    private int First => ((Page - 1) * Size) + 1;

    private int Last => Math.Min(Page * Size, Total);
}
