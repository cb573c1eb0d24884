using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>The shape of a paragraph that is being loaded.</summary>
public sealed partial class SkeletonText : ComponentBase
{
    [Parameter]
    public int Lines { get; set; } = 3;
}
