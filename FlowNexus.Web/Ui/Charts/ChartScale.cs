namespace FlowNexus.Web.Ui.Charts;

/// <summary>Where a zero-based axis ends, and which labels under a chart have room. Pure.</summary>
internal static class ChartScale
{
    /// <summary>The least of 1, 2, 4, 5, 6 and 8 times a power of ten that nothing exceeds: its half is a number people read. 1 when all is zero.</summary>
    public static double Top(double most)
    {
        if (most <= 0 || !double.IsFinite(most)) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        foreach (var step in new[] { 1d, 2, 4, 5, 6, 8 })
            if (most <= step * power * (1 + 1e-9)) return step * power;
        return 10 * power;
    }

    /// <summary>Whether a label stands at this place, when about <paramref name="labels"/> of all have room; always at the first.</summary>
    public static bool IsLabelled(int index, int count, int labels = 6) => index % Math.Max(1, (int)Math.Ceiling((double)count / labels)) == 0;
}
