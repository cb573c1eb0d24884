using FlowNexus.Engine.Workflows.Drafts;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Problems;

/// <summary>What stands between the draft and running, and the clicks that do away with it.</summary>
public sealed partial class ProblemPanel : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<DesignProblem> Problems { get; set; }

    [Parameter]
    public IReadOnlyList<DraftConflict> Conflicts { get; set; } = [];

    [Parameter]
    public EventCallback<DesignProblem> OnShow { get; set; }

    [Parameter]
    public EventCallback<ProblemFix> OnFix { get; set; }

    [Parameter]
    public EventCallback<(DraftConflict Conflict, bool UseMine)> OnSettle { get; set; }
}
