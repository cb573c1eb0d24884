using System.Globalization;
using System.Text;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>Turns values into the path of a line from left to right; it breaks where nothing was measured. Pure.</summary>
internal static class ChartPath
{
    /// <summary>The values that no line reaches, as dots: lines without length, whose round ends show.</summary>
    public static string Dots(IReadOnlyList<double?> values, double width, double height, double top)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
            if (values[i] is { } value && (i == 0 || values[i - 1] is null) && !IsJoined(values, i))
                path.Append(CultureInfo.InvariantCulture, $"M{X(i, values.Count, width):0.##} {Y(value, height, top):0.##}h.01");
        return path.ToString();
    }

    /// <param name="top">The value at the upper edge; zero is at the lower one.</param>
    public static string Of(IReadOnlyList<double?> values, double width, double height, double top)
    {
        var path = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value) continue;
            var (x, y) = (X(i, values.Count, width), Y(value, height, top));
            var begins = i == 0 || values[i - 1] is null;
            if (!begins || IsJoined(values, i)) path.Append(CultureInfo.InvariantCulture, $"{(begins ? 'M' : 'L')}{x:0.##} {y:0.##}");
        }

        return path.ToString();
    }

    private static bool IsJoined(IReadOnlyList<double?> values, int index) => index < values.Count - 1 && values[index + 1] is not null;

    private static double X(int index, int count, double width) => (index + .5) / count * width;

    private static double Y(double value, double height, double top) => height - (Math.Clamp(value / top, 0, 1) * height);
}
