using FlowNexus.Engine.Insights;
using FlowNexus.Web.Ui.Figures;
using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Web.Features.Dashboard;

/// <summary>How a figure differs from a week before, in words. Pure.</summary>
internal static class TrendWords
{
    /// <summary>Nothing ended a week before.</summary>
    public const string None = "Nothing last week";

    /// <summary>Of a count: <c>12 % more than last week</c>.</summary>
    public static string Count(Trend trend)
    {
        if (trend is not { Value: { } now, LastWeek: { } before }) return None;
        if (now == before) return "As many as last week";
        if (before == 0) return "None last week";
        var change = Math.Abs(now - before) / before;
        return $"{Change(change)} {(now > before ? "more" : "fewer")} than last week";
    }

    /// <summary>Of a share: <c>2 points higher than last week</c>.</summary>
    public static string Share(Trend trend)
    {
        if (trend is not { Value: { } now, LastWeek: { } before }) return None;
        var points = Math.Round(Math.Abs(now - before) * 100, 1);
        return points == 0 ? "As last week" : $"{FigureWords.Number(points)} {(points == 1 ? "point" : "points")} {(now > before ? "higher" : "lower")} than last week";
    }

    /// <summary>Of a duration: <c>1.2 s slower than last week</c>.</summary>
    public static string Duration(Trend trend)
    {
        if (trend is not { Value: { } now, LastWeek: { } before }) return None;
        var difference = TimeSpan.FromSeconds(Math.Abs(now - before));
        return difference < TimeSpan.FromMilliseconds(1) ? "As last week" : $"{TimeWords.Duration(difference)} {(now > before ? "slower" : "faster")} than last week";
    }

    private static string Change(double change) => change < 9.995 ? $"{FigureWords.Number(Math.Max(1, Math.Round(change * 100)))}\u202F%" : $"{FigureWords.Number(Math.Round(change))} times";
}
