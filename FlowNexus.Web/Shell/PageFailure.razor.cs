using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell;

/// <summary>What stands in the place of a page that failed. A problem speaks for itself; the rest stays in the log.</summary>
public sealed partial class PageFailure(NavigationManager navigation, ILogger<PageFailure> log) : ComponentBase
{
    [Parameter, EditorRequired]
    public required Exception Failure { get; set; }

    private string Why => Failure is ProblemException known ? known.Problem.Message : "An unexpected error came up while it was made.";

    private string Code => Failure is ProblemException known ? known.Problem.Code : ProblemCodes.InternalError;

    protected override void OnInitialized()
    {
        if (Failure is not ProblemException) log.LogError(Failure, "A page failed: {Address}", navigation.Uri);
    }

    private void Reload() => navigation.Refresh(forceReload: true);
}
