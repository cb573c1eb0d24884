using System.Globalization;

namespace FlowNexus.Web.Ui.Figures;

/// <summary>Numbers as people read them: thin separators, a unit after each. Pure.</summary>
public static class FigureWords
{
    private const long MicrosPerCredit = 1_000_000;

    private static readonly NumberFormatInfo Thin = Separators();
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary><c>18 204</c>.</summary>
    public static string Number(long value) => value.ToString("#,0", Thin);

    /// <summary><c>18 204.5</c>, at most <paramref name="decimals"/> places.</summary>
    public static string Number(double value, int decimals = 1) => value.ToString("#,0." + new string('#', decimals), Thin);

    /// <summary><c>2.3 MB</c>; 1 KB is 1,000 bytes.</summary>
    public static string Bytes(long bytes)
    {
        double value = bytes;
        var unit = 0;
        while (Math.Abs(value) >= 999.5 && unit < Units.Length - 1)
        {
            value /= 1000;
            unit++;
        }

        return unit == 0 ? $"{Number(bytes)}\u202FB" : $"{value.ToString(Math.Abs(value) < 99.5 ? "0.#" : "0", Thin)}\u202F{Units[unit]}";
    }

    /// <summary>Credits without trailing zeros, small ones with as many places as they need: <c>0.8</c>, <c>0.000125</c>.</summary>
    public static string Credits(long microCredits)
    {
        var credits = microCredits / (decimal)MicrosPerCredit;
        var places = Math.Abs(credits) switch { 0 => 0, < 0.01m => 6, < 1 => 3, _ => 2 };
        return decimal.Round(credits, places).ToString("#,0.######", Thin);
    }

    /// <summary><c>67 %</c> of a share between 0 and 1. Only all of it is 100.</summary>
    public static string Percent(double share)
    {
        var percent = Math.Clamp(share, 0, 1) * 100;
        return $"{(percent < 100 ? Math.Min(99, Math.Floor(percent + 1e-9)) : 100).ToString(Thin)}\u202F%";
    }

    private static NumberFormatInfo Separators()
    {
        var format = (NumberFormatInfo)NumberFormatInfo.InvariantInfo.Clone();
        format.NumberGroupSeparator = "\u202F";
        format.NegativeSign = "\u2212";
        return format;
    }
}
