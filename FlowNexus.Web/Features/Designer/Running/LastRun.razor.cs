using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Running;

/// <summary>What the last execution did, step by step.</summary>
public sealed partial class LastRun : ComponentBase
{
    [Parameter]
    public WatchedRun? Run { get; set; }

    [Parameter]
    public EventCallback<string> OnShow { get; set; }
}
