using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Statistics;

/// <summary>Plain statistics over doubles.</summary>
internal static class Numbers
{
    /// <summary>The present values of a number or integer column.</summary>
    public static double[] Of(Column column)
    {
        var numbers = new List<double>(column.Values.Length);
        foreach (var value in column.Values)
        {
            if (TryDouble(value, out var number))
                numbers.Add(number);
        }
        return [.. numbers];
    }

    public static bool TryDouble(object? value, out double number)
    {
        number = value switch { double real => real, long integer => integer, bool flag => flag ? 1 : 0, _ => double.NaN };
        return !double.IsNaN(number);
    }

    public static bool IsNumeric(this Column column) => column.Kind is ColumnKind.Number or ColumnKind.Integer;

    /// <param name="sorted">Ascending; not empty.</param>
    /// <param name="share">0 to 1; between two values they are interpolated.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)position;
        return below + 1 < sorted.Length ? sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]) : sorted[below];
    }

    public static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
            sum += value;
        return sum / values.Length;
    }

    /// <summary>Sample standard deviation; 0 for fewer than two values.</summary>
    public static double Deviation(ReadOnlySpan<double> values, double mean)
    {
        if (values.Length < 2)
            return 0;
        var sum = 0.0;
        foreach (var value in values)
            sum += (value - mean) * (value - mean);
        return Math.Sqrt(sum / (values.Length - 1));
    }

    /// <summary>Rounded to about six significant digits, so that outputs carry figures and not float noise.</summary>
    public static double Tidy(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value;
        var digits = 5 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        return digits is < 0 or > 15 ? Math.Round(value, Math.Clamp(digits, 2, 15)) : Math.Round(value, Math.Max(digits, 2));
    }
}
