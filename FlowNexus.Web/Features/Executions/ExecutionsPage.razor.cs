using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Live;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Lists;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlowNexus.Web.Features.Executions;

/// <summary>Every execution, newest first, live.</summary>
public sealed partial class ExecutionsPage(FindExecutions find, EventFeed feed, TimeProvider time, Viewer viewer, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const int PageSize = 50;

    private ExecutionQuery _query = new();
    private FoundExecutions? _found;
    private Problem? _failure;
    private LiveRefresh? _live;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _query = ExecutionQuery.Read(navigation.Uri);
        await ReadAsync();
        if (RendererInfo.IsInteractive)
            _live = new LiveRefresh(feed, time, TimeSpan.FromMilliseconds(500), row => row.ExecutionId is not null, _ => false, () => InvokeAsync(RefreshAsync));
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
    }

    private string Ended => (_query.EndedAfter, _query.EndedBefore) switch
    {
        ({ } after, { } before) => $"Ended {Short(after)} – {Short(before)}",
        ({ } after, null) => $"Ended since {Short(after)}",
        (null, { } before) => $"Ended before {Short(before)}",
        _ => "",
    };

    private string Workflow => _found is { Executions: [var first, ..] } ? first.WorkflowName : _query.Workflow!;

    private void Show(ListQuery list) => Show(_query with { List = list });

    private void Show(ExecutionQuery query) => navigation.NavigateTo(query.Href);

    private string Short(DateTimeOffset at) => TimeWords.Short(at, time.GetUtcNow(), viewer.Zone);

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(args.Location).AbsolutePath.Equals(ExecutionQuery.Path, StringComparison.Ordinal)) return;
        _query = ExecutionQuery.Read(args.Location);
        await RefreshAsync();
    });

    private async Task RefreshAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _found = await find.RunAsync(Principal.LocalOwner, _query.Filter(PageSize));
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private static TimeSpan? Length(ExecutionView execution) =>
        execution is { FinishedAt: { } finished, StartedAt: { } started } ? finished - started : null;
}
