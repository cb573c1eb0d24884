using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>The ticks under a timeline, at lengths people count in. Pure.</summary>
internal static class TimeAxis
{
    private const int MostTicks = 7;

    private static readonly double[] Steps =
    [
        .001, .002, .005, .01, .02, .05, .1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    ];

    /// <returns>Share of the length, 0 to 1, and its label. The first tick is zero.</returns>
    public static IReadOnlyList<(double At, string Label)> Ticks(TimeSpan length)
    {
        var seconds = length.TotalSeconds;
        if (seconds <= 0) return [(0, "0")];
        var step = Steps.FirstOrDefault(one => seconds / one <= MostTicks, Math.Ceiling(seconds / 86_400 / MostTicks) * 86_400);
        List<(double, string)> ticks = [];

        // By count, so that rounding does not pile up.
        for (var i = 0; i * step <= seconds; i++)
            ticks.Add((i * step / seconds, i == 0 ? "0" : TimeWords.Duration(TimeSpan.FromSeconds(i * step))));

        return ticks;
    }
}
