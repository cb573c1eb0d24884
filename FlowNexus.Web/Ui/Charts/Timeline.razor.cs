using System.Globalization;
using FlowNexus.Web.Ui.Status;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>When each step waited and ran. Waiting is pale, running solid, and between two attempts there is a seam.</summary>
public sealed partial class Timeline(Pulse pulse) : ComponentBase, IDisposable
{
    // More rows than these are drawn only where they are in sight.
    private const int MostAtOnce = 100;

    private IDisposable? _beats;
    private DateTimeOffset _now;
    private IReadOnlyList<(double At, string Label)> _ticks = [];

    [Parameter, EditorRequired]
    public required IReadOnlyList<TimelineRow> Rows { get; set; }

    /// <summary>Zero of the axis: the execution's start.</summary>
    [Parameter, EditorRequired]
    public required DateTimeOffset Start { get; set; }

    /// <summary>The execution's end; null while it goes on, and the axis grows.</summary>
    [Parameter]
    public DateTimeOffset? End { get; set; }

    /// <summary>The chosen step's name.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    private ICollection<TimelineRow> All => Rows as ICollection<TimelineRow> ?? [.. Rows];

    private DateTimeOffset Until => End ?? _now;

    protected override void OnParametersSet()
    {
        Measure();
        if (End is null) _beats ??= pulse.Subscribe(() => _ = InvokeAsync(Grow));
        else Stop();
    }

    public void Dispose() => Stop();

    internal static IEnumerable<TimelineBar> Bars(TimelineRow row, DateTimeOffset start, DateTimeOffset until)
    {
        var free = row.ReadyAt;
        foreach (var attempt in row.Attempts)
        {
            if (free is { } waitedFrom && attempt.StartedAt > waitedFrom) yield return Bar("wait", "queued", waitedFrom, attempt.StartedAt, "Waited");
            var end = attempt.EndedAt ?? until;
            yield return Bar("run", StatusLook.Of(attempt.Outcome).Tone, attempt.StartedAt, end, StatusLook.Of(attempt.Outcome).Title);
            free = end;
        }

        if (row is { Attempts.Count: 0, ReadyAt: { } since, Status: "pending" or "waiting" })
            yield return Bar("wait", StatusLook.Of(row.Status).Tone, since, until, "Waiting");

        TimelineBar Bar(string kind, string tone, DateTimeOffset from, DateTimeOffset to, string word)
        {
            var length = Math.Max(1, (until - start).Ticks);
            return new TimelineBar(kind, tone, (double)(from - start).Ticks / length, (double)(to - from).Ticks / length, $"{word}, {TimeWords.Duration(to - from)}");
        }
    }

    private IEnumerable<TimelineBar> Bars(TimelineRow row) => Bars(row, Start, Until);

    private string Length(TimelineRow row) => row.Attempts is [.., var last] ? TimeWords.Duration((last.EndedAt ?? Until) - row.Attempts[0].StartedAt) : "";

    private string Words(TimelineRow row)
    {
        var look = StatusLook.Of(row.Status).Title.ToLowerInvariant();
        if (row.Attempts.Count == 0) return look;
        var tries = row.Attempts.Count == 1 ? "" : $", {row.Attempts.Count} attempts";
        return $"{look}, began at {TimeWords.Duration(row.Attempts[0].StartedAt - Start)}, took {Length(row)}{tries}";
    }

    private void Grow()
    {
        Measure();
        StateHasChanged();
    }

    private void Measure()
    {
        _now = pulse.Now;
        _ticks = TimeAxis.Ticks(Until - Start);
    }

    private void Stop()
    {
        _beats?.Dispose();
        _beats = null;
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * Math.Clamp(share, 0, 1):0.###}%");
}

/// <summary>A piece of a row; place and width are shares of the axis.</summary>
internal sealed record TimelineBar(string Kind, string Tone, double At, double Share, string Title);
