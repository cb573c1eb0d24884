using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Bar;

/// <summary>Where the page stands; it appears in the bar.</summary>
public sealed partial class Breadcrumb : ComponentBase
{
    public const string Section = "breadcrumb";

    /// <summary>The pages above this one, the highest first.</summary>
    [Parameter]
    public IReadOnlyList<Crumb> Above { get; set; } = [];

    [Parameter, EditorRequired]
    public required string Here { get; set; }
}

/// <summary>A page above the shown one.</summary>
public sealed record Crumb(string Title, string Href);
