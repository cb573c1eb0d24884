using System.Globalization;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>Numbers and dates as people read them, the same on every machine: thin spaces between thousands, a real minus sign.</summary>
public static class NumberText
{
    /// <summary>Narrow no-break space.</summary>
    public const char Thin = '\u202F';

    private const char Minus = '\u2212';

    private static readonly NumberFormatInfo Format = new() { NumberGroupSeparator = Thin.ToString(), NegativeSign = Minus.ToString() };

    /// <summary>Exactly <paramref name="decimals"/> places.</summary>
    public static string Fixed(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0d : rounded).ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), Format);
    }

    /// <summary>As many places as help: none from 10,000 up, at most <paramref name="decimals"/> below.</summary>
    public static string Of(double value, int decimals = 2) => Fixed(value, Math.Abs(value) switch
    {
        _ when decimals == 0 => 0,
        >= 10_000 => 0,
        >= 100 => Math.Min(1, decimals),
        _ => decimals,
    });

    public static string Count(long value) => value.ToString("N0", Format);

    /// <summary>For axes and tiles: <c>340 k</c>, <c>1.24 M</c>.</summary>
    public static string Compact(double value)
    {
        var size = Math.Abs(value);
        var (scale, unit) = size switch
        {
            >= 999_500_000 => (1e9, "G"),
            >= 999_500 => (1e6, "M"),
            >= 9_999.5 => (1e3, "k"),
            _ => (1d, ""),
        };
        var scaled = value / scale;
        var decimals = Math.Abs(scaled) switch { >= 100 => 0, >= 10 => 1, _ => 2 };
        var text = Fixed(scaled, decimals);
        if (text.Contains('.', StringComparison.Ordinal))
            text = text.TrimEnd('0').TrimEnd('.');
        return unit.Length == 0 ? text : text + Thin + unit;
    }

    /// <param name="ratio">0.123 is 12.3 %.</param>
    public static string Percent(double ratio)
    {
        var percent = ratio * 100;
        return Fixed(percent, Math.Abs(percent) >= 999.5 ? 0 : 1) + Thin + "%";
    }

    /// <summary>With a plus sign when it grew.</summary>
    public static string Change(double ratio) => (Math.Round(ratio, 3) > 0 ? "+" : "") + Percent(ratio);

    public static string Day(DateTime date) => date.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    public static string Span(DateTime first, DateTime last) => first.Date == last.Date ? Day(first)
        : first.Year == last.Year ? $"{first.ToString("d MMM", CultureInfo.InvariantCulture)} – {Day(last)}"
        : $"{Day(first)} – {Day(last)}";

    public static string Plural(long count, string one, string many) => $"{Count(count)} {(count == 1 ? one : many)}";
}
