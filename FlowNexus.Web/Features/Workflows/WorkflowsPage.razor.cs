using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Web.Live;
using FlowNexus.Web.Ui.Charts;
using FlowNexus.Web.Ui.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>Every workflow, with how it has done lately.</summary>
public sealed partial class WorkflowsPage(FindWorkflows find, FindExecutions executions, EventFeed feed, TimeProvider time, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const string Path = "/workflows";
    private const int PageSize = 50;
    private const int LastTen = 10;

    private ListQuery _query = new();
    private FoundWorkflows? _found;
    private ILookup<string, SparkBar> _bars = Array.Empty<SparkBar>().ToLookup(_ => "");
    private Problem? _failure;
    private LiveRefresh? _live;

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        _query = ListQuery.Read(navigation.Uri, FindWorkflows.Statuses);
        await ReadAsync();
        if (RendererInfo.IsInteractive)
            _live = new LiveRefresh(feed, time, TimeSpan.FromSeconds(1), _ => true, _ => false, () => InvokeAsync(RefreshAsync));
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
        _query = ListQuery.Read(args.Location, FindWorkflows.Statuses);
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
            _found = await find.RunAsync(Principal.LocalOwner, new WorkflowFilter
            {
                Search = _query.Text,
                Status = _query.Statuses.Count == 0 ? null : string.Join(',', _query.Statuses),
                SortBy = "last_executed",
                Limit = PageSize,
                Offset = (_query.Page - 1) * PageSize,
            });
            var bars = new List<(string Id, SparkBar Bar)>();
            foreach (var workflow in _found.Workflows.Where(workflow => workflow.ExecutionsCount > 0))
            {
                var last = await executions.RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = workflow.Id, Limit = LastTen });
                bars.AddRange(last.Executions.Reverse().Select(execution => (workflow.Id, new SparkBar(execution.Status, Length(execution.Duration)))));
            }

            _bars = bars.ToLookup(entry => entry.Id, entry => entry.Bar);
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private static TimeSpan? Length(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
