using System.Globalization;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Features.Executions;
using FlowNexus.Web.Live;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Charts;
using FlowNexus.Web.Ui.Figures;
using FlowNexus.Web.Ui.Lists;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>How the installation does, live; every figure leads to the rows behind it.</summary>
public sealed partial class DashboardPage(GetDashboard dashboard, EventFeed feed, TimeProvider time, Viewer viewer, NavigationManager navigation) : ComponentBase, IDisposable
{
    private const string RangeKey = "range";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // What is due and which hour it is change without an event.
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(30);

    private DashboardRange _range = DashboardRange.Day;
    private DashboardView? _shown;
    private IReadOnlyList<ChartColumn> _columns = [];
    private IReadOnlyList<ChartPoint> _points = [];
    private Problem? _failure;
    private LiveRefresh? _live;
    private ITimer? _beat;

    private string BucketWords => _range.Bucket switch
    {
        { TotalHours: 1 } => "hour",
        { TotalHours: > 1 } hours => $"{FigureWords.Number(hours.TotalHours)} hours",
        var bucket => $"{FigureWords.Number(bucket.TotalMinutes)} minutes",
    };

    protected override async Task OnInitializedAsync()
    {
        navigation.LocationChanged += Moved;
        viewer.Changed += ZoneChanged;
        _range = ReadRange(navigation.Uri);
        await ReadAsync();
        if (!RendererInfo.IsInteractive) return;
        _live = new LiveRefresh(feed, time, Pause, row => row.ExecutionId is not null && row.StepName is null, _ => false, () => InvokeAsync(RefreshAsync));
        _beat = time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Idle, Idle);
    }

    public void Dispose()
    {
        navigation.LocationChanged -= Moved;
        viewer.Changed -= ZoneChanged;
        _live?.Dispose();
        _beat?.Dispose();
    }

    private static DashboardRange ReadRange(string address) =>
        QueryHelpers.ParseQuery(new Uri(address).Query).TryGetValue(RangeKey, out var word) ? DashboardRange.All.FirstOrDefault(range => range.Word == word) ?? DashboardRange.Day : DashboardRange.Day;

    private static string Address(DashboardRange range) => range == DashboardRange.Day ? "/" : $"/?{RangeKey}={range.Word}";

    private static string Number(Trend trend) => trend.Value is { } value ? FigureWords.Number(value) : "–";

    private static string Seconds(double seconds) => TimeWords.Duration(TimeSpan.FromSeconds(seconds));

    private string About(double seconds) => (_shown!.DurationsAreSampled ? "≈\u202F" : "") + Seconds(seconds);

    private ExecutionQuery Ended(params string[] statuses) => Ended(_shown!.From, _shown.Until, statuses);

    private static ExecutionQuery Ended(DateTimeOffset from, DateTimeOffset until, params string[] statuses) =>
        new() { List = new ListQuery { Statuses = statuses }, EndedAfter = from, EndedBefore = until };

    private void Moved(object? sender, LocationChangedEventArgs args) => _ = InvokeAsync(async () =>
    {
        if (!new Uri(args.Location).AbsolutePath.Equals("/", StringComparison.Ordinal)) return;
        _range = ReadRange(args.Location);
        await RefreshAsync();
    });

    private void ZoneChanged(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        Draw();
        StateHasChanged();
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
            var range = _range;
            var read = await dashboard.RunAsync(Principal.LocalOwner, range.Word);

            // Another range was asked for meanwhile.
            if (range != _range) return;
            (_shown, _failure) = (read, null);
            Draw();
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private void Draw()
    {
        if (_shown is null) return;
        _columns =
        [
            .. _shown.Buckets.Select(bucket => new ChartColumn(
                Title(bucket),
                Short(bucket.From),
                Ended(bucket.From, bucket.Until).Href,
                [new("Completed", "completed", bucket.Completed), new("Failed", "failed", bucket.Failed), new("Timed out", "timed-out", bucket.TimedOut), new("Cancelled", "cancelled", bucket.Cancelled)])),
        ];
        _points = [.. _shown.Buckets.Select(bucket => new ChartPoint(Title(bucket), Short(bucket.From), Ended(bucket.From, bucket.Until, "completed").Href, [bucket.DurationP95, bucket.DurationP50]))];
    }

    private string Title(DashboardBucket bucket) => $"{TimeWords.Short(bucket.From, _shown!.At, viewer.Zone)} – {Clock(bucket.Until)}";

    private string Short(DateTimeOffset at) => _range.Length > TimeSpan.FromDays(1) ? TimeZoneInfo.ConvertTime(at, viewer.Zone).ToString("d MMM", CultureInfo.InvariantCulture) : Clock(at);

    private string Clock(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, viewer.Zone).ToString("HH:mm", CultureInfo.InvariantCulture);
}
