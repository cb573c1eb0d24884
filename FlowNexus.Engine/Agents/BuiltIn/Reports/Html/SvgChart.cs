using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Html;

/// <summary>A chart as inline SVG, styled by the page so that light and dark both work.</summary>
internal static class SvgChart
{
    private const double Width = 720;

    public static string Of(ReportChart chart) => chart.Kind == ChartKind.Line ? Line(chart) : Bars(chart);

    private static string Line(ReportChart chart)
    {
        const double Left = 8, Right = 64, Top = 22, Plot = 200, Height = Top + Plot + 34;
        var points = chart.Points;
        var scale = AxisScale.Of(points.Min(point => point.Value), points.Max(point => point.Value), 5);
        double X(int index) => Left + (points.Count == 1 ? 0 : index * (Width - Left - Right) / (points.Count - 1));
        double Y(double value) => Top + (Plot * (1 - scale.At(value)));
        var svg = Open(chart, Height);
        foreach (var tick in scale.Ticks)
        {
            svg.Append($"<line class='grid' x1='{Left}' x2='{Width - Right}' y1='{HtmlText.Px(Y(tick))}' y2='{HtmlText.Px(Y(tick))}'/>");
            svg.Append($"<text class='axis' x='{Width - Right + 10}' y='{HtmlText.Px(Y(tick) + 4)}'>{HtmlText.Of(NumberText.Compact(tick))}</text>");
        }
        svg.Append("<polyline class='line' points='").AppendJoin(' ', points.Select((point, index) => $"{HtmlText.Px(X(index))},{HtmlText.Px(Y(point.Value))}")).Append("'/>");
        var every = Math.Max(1, (int)Math.Ceiling(points.Count / 9d));
        for (var index = 0; index < points.Count; index++)
        {
            var point = points[index];
            svg.Append($"<g class='mark'><circle class='{(point.Muted ? "dot part" : "dot")}' cx='{HtmlText.Px(X(index))}' cy='{HtmlText.Px(Y(point.Value))}' r='{(points.Count > 40 ? "1.8" : "3")}'/>");
            svg.Append($"<circle class='reach' cx='{HtmlText.Px(X(index))}' cy='{HtmlText.Px(Y(point.Value))}' r='11'/><title>{HtmlText.Of($"{point.Label}: {point.Text}")}</title></g>");
            if (index % every == 0)
                svg.Append($"<text class='axis' text-anchor='{(index == 0 ? "start" : "middle")}' x='{HtmlText.Px(X(index))}' y='{Top + Plot + 22}'>{HtmlText.Of(point.Label)}</text>");
        }
        var best = Enumerable.Range(0, points.Count).Where(index => !points[index].Muted).DefaultIfEmpty(0).MaxBy(index => points[index].Value);
        svg.Append($"<text class='direct' text-anchor='{Anchor(best, points.Count)}' x='{HtmlText.Px(X(best))}' y='{HtmlText.Px(Y(points[best].Value) - 10)}'>{HtmlText.Of(points[best].Text)}</text>");
        return svg.Append("</svg>").ToString();
    }

    private static string Bars(ReportChart chart)
    {
        const double Names = 170, Values = 150, Row = 30, Bar = 14;
        var height = (chart.Points.Count * Row) + 4;
        var low = Math.Min(0, chart.Points.Min(point => point.Value));
        var high = Math.Max(0, chart.Points.Max(point => point.Value));
        var span = high > low ? high - low : 1;
        double X(double value) => Names + ((value - low) / span * (Width - Names - Values));
        var svg = Open(chart, height);
        for (var index = 0; index < chart.Points.Count; index++)
        {
            var point = chart.Points[index];
            var (left, right) = (Math.Min(X(0), X(point.Value)), Math.Max(X(0), X(point.Value)));
            var middle = (index * Row) + (Row / 2);
            var share = point.Share is { } part ? $"<tspan class='share' dx='8'>{HtmlText.Of(NumberText.Percent(part))}</tspan>" : "";
            svg.Append($"<g class='mark'><title>{HtmlText.Of($"{point.Label}: {point.Text}")}</title>");
            svg.Append($"<text class='name' x='{Names - 12}' y='{HtmlText.Px(middle + 4)}' text-anchor='end'>{HtmlText.Of(Short(point.Label, 24))}</text>");
            svg.Append($"<rect class='{(point.Muted ? "bar part" : "bar")}' x='{HtmlText.Px(left)}' y='{HtmlText.Px(middle - (Bar / 2))}' width='{HtmlText.Px(Math.Max(1, right - left))}' height='{Bar}' rx='2'/>");
            svg.Append($"<text class='value' x='{HtmlText.Px(right + 10)}' y='{HtmlText.Px(middle + 4)}'>{HtmlText.Of(point.Text)}{share}</text></g>");
        }
        return svg.Append("</svg>").ToString();
    }

    private static StringBuilder Open(ReportChart chart, double height) => new StringBuilder()
        .Append($"<svg class='chart' viewBox='0 0 {HtmlText.Px(Width)} {HtmlText.Px(height)}' role='img' aria-label='{HtmlText.Of($"{chart.Title}. The same numbers are in the table below.")}'>");

    private static string Anchor(int index, int count) => index < count * 0.08 ? "start" : index > count * 0.92 ? "end" : "middle";

    /// <summary>Whole code points, with an ellipsis when cut; the full text stands in the tooltip and the table.</summary>
    private static string Short(string text, int most)
    {
        if (text.Length <= most) return text;
        var end = char.IsHighSurrogate(text[most - 2]) ? most - 2 : most - 1;
        return text[..end].TrimEnd() + "…";
    }
}
