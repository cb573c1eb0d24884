using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlowNexus.Web.Features.Executions;

/// <summary>Every execution, newest first, live.</summary>
public sealed partial class ExecutionsPage(FindExecutions find, EventFeed feed, TimeProvider time, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const string Path = "/executions";
    private const int PageSize = 50;

    private ListQuery _query = new();
    private FoundExecutions? _found;
    private Problem? _failure;
    private LiveRefresh? _live;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _query = ListQuery.Read(navigation.Uri, StatusWords.OfExecutions.ToList());
        await ReadAsync();
        if (RendererInfo.IsInteractive)
            _live = new LiveRefresh(feed, time, TimeSpan.FromMilliseconds(500), row => row.ExecutionId is not null, _ => false, () => InvokeAsync(RefreshAsync));
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        _live?.Dispose();
    }

    private void Show(ListQuery query) => navigation.NavigateTo(query.Href(Path));

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(args.Location).AbsolutePath.Equals(Path, StringComparison.Ordinal)) return;
        _query = ListQuery.Read(args.Location, StatusWords.OfExecutions.ToList());
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
            _found = await find.RunAsync(Principal.LocalOwner, new ExecutionFilter
            {
                Search = _query.Text,
                Status = _query.Statuses.Count == 0 ? null : string.Join(',', _query.Statuses),
                Limit = PageSize,
                Offset = (_query.Page - 1) * PageSize,
            });
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
