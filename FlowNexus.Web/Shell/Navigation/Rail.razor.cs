using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Navigation;

/// <summary>The places, at the left; its width follows the document's <c>data-rail</c>, so that it is right before the first byte of script.</summary>
public sealed partial class Rail : ComponentBase
{
    [Parameter]
    public bool Open { get; set; }

    [Parameter]
    public Func<bool, Task>? OpenChanged { get; set; }

    private Task Toggle() => OpenChanged?.Invoke(!Open) ?? Task.CompletedTask;
}
