using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Feedback;
using FlowNexus.Web.Ui.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;

namespace FlowNexus.Web.Features.Queues;

/// <summary>What waits, in which order and why; what never started; and the handles to pause, resume and redrive. Live.</summary>
public sealed partial class QueuesPage(GetQueueStatus status, FindDeadLetters find, RedriveDeadLetter redrive, PauseAdmission pauses, PauseBook book, EventFeed feed, TimeProvider time, NavigationManager navigation, IDialogService dialogs, Toasts toasts) : ComponentBase, IDisposable
{
    private const string Path = "/queues";

    private readonly Dictionary<string, FoundDeadLetters> _dead = [];
    private ListQuery _query = new();
    private IReadOnlyList<QueueView>? _queues;
    private Pause? _system;
    private Problem? _failure;
    private LiveRefresh? _live;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _query = ListQuery.Read(navigation.Uri, []);
        await ReadAsync();
        if (!RendererInfo.IsInteractive) return;
        _live = new LiveRefresh(feed, time, TimeSpan.FromSeconds(1), _ => true, _ => false, () => InvokeAsync(RefreshAsync));
        book.Changed += Changed;
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        book.Changed -= Changed;
        _live?.Dispose();
    }

    private static string Title(string queue) => queue == GetQueueStatus.Executions ? "Executions" : "Tasks for agents";

    private List<QueueMessageView> Filtered(QueueView queue) =>
        [.. (queue.Messages ?? []).Where(message => new[] { message.WorkflowName, message.WorkflowId, message.ExecutionId, message.TaskId, message.StepName }.Any(text => text?.Contains(_query.Text, StringComparison.OrdinalIgnoreCase) == true))];

    private void Show(ListQuery query) => navigation.NavigateTo(query.Href(Path));

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(() =>
    {
        if (!new Uri(args.Location).AbsolutePath.Equals(Path, StringComparison.Ordinal)) return;
        _query = ListQuery.Read(args.Location, []);
        StateHasChanged();
    });

    private void Changed(object? sender, EventArgs args) => _ = InvokeAsync(RefreshAsync);

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            var read = (await status.RunAsync(Principal.LocalOwner, null, includeMessages: true)).Queues;
            foreach (var queue in read) _dead[queue.Name] = await find.RunAsync(Principal.LocalOwner, queue.Name, null, null);
            (_queues, _system, _failure) = (read, book.Of(PauseScopes.System), null);
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private async Task PauseAsync(string queue)
    {
        var (agreed, reason) = await dialogs.AskWhyAsync($"Pause the queue {queue}?", "It keeps what comes and gives nothing out; what runs goes on.", "Pause it");
        if (agreed) await ActAsync(() => pauses.PauseQueueAsync(Principal.LocalOwner, queue, reason), "The queue is paused.");
    }

    private Task ResumeAsync(string queue) => ActAsync(() => pauses.ResumeQueueAsync(Principal.LocalOwner, queue, null), "The queue goes on.");

    private async Task RedriveAsync(DeadLetterView letter)
    {
        if (!await dialogs.ConfirmAsync($"Redrive {letter.WorkflowName}?", "A new execution with the same input takes a place in the queue; this one stays as it ended.", "Redrive it", "Leave it here")) return;
        await ActAsync(() => redrive.RunAsync(Principal.LocalOwner, GetQueueStatus.Executions, letter.Id), "Back in the queue, as a new execution.");
    }

    private async Task DiscardAsync(DeadLetterView letter)
    {
        if (!await dialogs.ConfirmAsync($"Discard {letter.WorkflowName}?", "It leaves this list for good and is never run. Its execution stays in the history.", "Discard it", "Keep it", destroys: true)) return;
        await ActAsync(() => redrive.DiscardAsync(Principal.LocalOwner, GetQueueStatus.Executions, letter.Id), "Discarded.");
    }

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

        await RefreshAsync();
    }
}
