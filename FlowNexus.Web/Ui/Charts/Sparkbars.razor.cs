using System.Globalization;
using FlowNexus.Web.Ui.Status;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>The last executions: height is duration, colour and pattern are the outcome.</summary>
public sealed partial class Sparkbars : ComponentBase
{
    private const int Slots = 10;
    private const double Least = 0.18;

    /// <summary>The oldest first; only the last ten are shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<SparkBar> Bars { get; set; }

    private IEnumerable<SparkBar> Shown => Bars.Skip(Math.Max(0, Bars.Count - Slots));

    private string Label => Bars.Count == 0
        ? "No executions yet"
        : $"Last executions: {string.Join(", ", Shown.GroupBy(bar => bar.Status).Select(group => $"{group.Count()} {StatusLook.Of(group.Key).Title.ToLowerInvariant()}"))}";

    private static string Title(SparkBar bar) => bar.Length is { } length
        ? $"{StatusLook.Of(bar.Status).Title}, {TimeWords.Duration(length)}"
        : StatusLook.Of(bar.Status).Title;

    private string Share(SparkBar bar)
    {
        var longest = Shown.Max(one => one.Length ?? TimeSpan.Zero);
        var share = bar.Length is { } length && longest > TimeSpan.Zero ? length / longest : Least;
        return Math.Max(Least, share).ToString("0.###", CultureInfo.InvariantCulture);
    }
}

/// <summary>One execution among the last.</summary>
/// <param name="Length">Null while nothing is known of it.</param>
public sealed record SparkBar(string Status, TimeSpan? Length);
