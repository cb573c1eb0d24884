using FlowNexus.Engine.Access;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Ui.Actions;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell;

/// <summary>Above every page while the whole system is paused.</summary>
public sealed partial class SystemBanner(PauseBook book, PauseAdmission pauses, Toasts toasts) : ComponentBase, IDisposable
{
    private Pause? _pause;

    protected override void OnInitialized()
    {
        Look();
        if (RendererInfo.IsInteractive) book.Changed += Refresh;
    }

    public void Dispose() => book.Changed -= Refresh;

    private void Look() => _pause = book.Of(PauseScopes.System);

    private void Refresh(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private async Task ResumeAsync()
    {
        try
        {
            await pauses.ResumeSystemAsync(Principal.LocalOwner, null);
            toasts.Done("The system goes on.");
        }
        catch (ProblemException failure)
        {
            toasts.Failed(failure.Problem.Message);
        }
    }
}
