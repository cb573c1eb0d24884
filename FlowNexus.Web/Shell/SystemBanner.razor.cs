using FlowNexus.Engine.Access;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Shell.Commands;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Feedback;
using FlowNexus.Web.Ui.Icons;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Shell;

/// <summary>Above every page while the whole system is paused.</summary>
public sealed partial class SystemBanner(PauseBook book, PauseAdmission pauses, CommandList commands, IDialogService dialogs, Toasts toasts) : ComponentBase, IDisposable
{
    private Pause? _pause;
    private IDisposable? _command;

    protected override void OnInitialized()
    {
        Look();
        if (!RendererInfo.IsInteractive) return;
        book.Changed += Refresh;
        _command = commands.Add(new Command("Pause the system", "Act", Glyph.Pause, PauseAsync) { Words = "stop halt maintenance" });
    }

    public void Dispose()
    {
        book.Changed -= Refresh;
        _command?.Dispose();
    }

    private void Look() => _pause = book.Of(PauseScopes.System);

    private void Refresh(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        Look();
        StateHasChanged();
    });

    private async Task PauseAsync()
    {
        var (agreed, reason) = await dialogs.AskWhyAsync("Pause the whole system?", "No execution and no step begins until it is resumed; what runs finishes.", "Pause it");
        if (agreed) await ActAsync(() => pauses.PauseSystemAsync(Principal.LocalOwner, reason), "The system is paused.");
    }

    private Task ResumeAsync() => ActAsync(() => pauses.ResumeSystemAsync(Principal.LocalOwner, null), "The system goes on.");

    private async Task ActAsync(Func<Task> act, string done)
    {
        try
        {
            await act();
            toasts.Done(done);
        }
        catch (ProblemException failure)
        {
            toasts.Failed(failure.Problem.Message);
        }
    }
}
