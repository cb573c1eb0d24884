using System.Globalization;
using FlowNexus.Web.Ui.Figures;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Charts;

/// <summary>Measures over time as thin lines from zero up, named where they end, with the same numbers as a table.</summary>
public sealed partial class LineChart : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>Names; at most two lines can be told apart.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Series { get; set; }

    /// <summary>The earliest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<ChartPoint> Points { get; set; }

    /// <summary>How a value is written.</summary>
    [Parameter]
    public Func<double, string> Words { get; set; } = value => FigureWords.Number(value);

    private double Top => ChartScale.Top(Points.SelectMany(point => point.Values).Max() ?? 0);

    /// <summary>The height of the last value of a line, 0 to 1; the second name goes under the first where they would meet.</summary>
    private string Up(int series)
    {
        var up = Last(series) / Top;
        if (series > 0 && Math.Abs(up - (Last(0) / Top)) < .12) up = (Last(0) / Top) - .12;
        return Math.Clamp(up, 0, .9).ToString("0.####", CultureInfo.InvariantCulture);
    }

    private double Last(int series) => Points.Select(point => point.Values[series]).LastOrDefault(value => value is not null) ?? 0;

    private string Title(ChartPoint point) => $"{point.Title}: {string.Join(", ", point.Values.Select((value, i) => value is { } measured ? $"{Series[i]} {Words(measured)}" : null).OfType<string>().DefaultIfEmpty("nothing"))}";
}

/// <param name="Title">What it stands for, in full.</param>
/// <param name="Short">The same, for the axis.</param>
/// <param name="Href">The rows behind it.</param>
/// <param name="Values">One for each line; null where nothing was measured.</param>
public sealed record ChartPoint(string Title, string Short, string? Href, IReadOnlyList<double?> Values);
