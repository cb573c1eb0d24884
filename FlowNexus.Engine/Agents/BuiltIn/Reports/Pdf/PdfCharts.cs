using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using PdfSharp.Drawing;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Lines over the full width, bars two charts to a row.</summary>
internal static class PdfCharts
{
    private const double Gutter = 26;
    private const double HalfWidth = (PdfStyle.Width - Gutter) / 2;
    private const double BarRow = 19;

    public static void Draw(PdfSheet sheet, ReportModel model)
    {
        if (model.Charts.Count == 0) return;
        PdfProse.Heading(sheet, "Charts", 220);
        foreach (var chart in model.Charts.Where(chart => chart.Kind == ChartKind.Line)) Line(sheet, chart);
        foreach (var pair in model.Charts.Where(chart => chart.Kind == ChartKind.Bars).Chunk(2))
        {
            var tallest = pair.Max(Height);
            sheet.Need(tallest);
            for (var index = 0; index < pair.Length; index++) Bars(sheet, pair[index], PdfStyle.Left + (index * (HalfWidth + Gutter)));
            sheet.Y += tallest + 16;
        }
    }

    private static void Line(PdfSheet sheet, ReportChart chart)
    {
        const double Plot = 132;
        const double Right = PdfStyle.Right - 44;
        var titles = PdfText.Wrap(chart.Title, PdfStyle.SubHeading, PdfStyle.Width, 2);
        sheet.Need((titles.Count * PdfStyle.SubHeading.Leading) + 16 + Plot + 40);
        sheet.Y += sheet.Lines(titles, PdfStyle.SubHeading, PdfStyle.Ink, PdfStyle.Left, sheet.Y) + 18;
        var points = chart.Points;
        var scale = AxisScale.Of(points.Min(point => point.Value), points.Max(point => point.Value), 5);
        var top = sheet.Y;
        double X(int index) => PdfStyle.Left + 3 + (index * (Right - PdfStyle.Left - 6) / Math.Max(1, points.Count - 1));
        double Y(double value) => top + (Plot * (1 - scale.At(value)));
        foreach (var tick in scale.Ticks)
        {
            sheet.Rule(PdfStyle.Left, Right, Y(tick), PdfStyle.Line);
            sheet.TextRight(NumberText.Compact(tick), PdfStyle.Small, PdfStyle.Soft, PdfStyle.Right, Y(tick) - 5.5);
        }
        sheet.Path([.. points.Select((point, index) => new XPoint(X(index), Y(point.Value)))], PdfStyle.Accent, 1.6);
        var widest = points.Max(point => PdfStyle.Small.Measure(point.Label)) + 12;
        var every = Math.Max(1, (int)Math.Ceiling(points.Count * widest / (Right - PdfStyle.Left)));
        for (var index = 0; index < points.Count; index++)
        {
            var at = new XPoint(X(index), Y(points[index].Value));
            if (points[index].Muted) sheet.Dot(at, 2.2, PdfStyle.Accent, XColors.White);
            else if (points.Count <= 40) sheet.Dot(at, 2.2, XColors.White, PdfStyle.Accent);
            if (index % every != 0) continue;
            var width = PdfStyle.Small.Measure(points[index].Label);
            var x = Math.Clamp(at.X - (width / 2), PdfStyle.Left, Math.Max(PdfStyle.Left, PdfStyle.Right - width));
            sheet.Text(points[index].Label, PdfStyle.Small, PdfStyle.Soft, x, top + Plot + 8);
        }
        var best = Enumerable.Range(0, points.Count).Where(index => !points[index].Muted).DefaultIfEmpty(0).MaxBy(index => points[index].Value);
        var label = PdfStyle.SmallStrong.Measure(points[best].Text);
        sheet.Text(points[best].Text, PdfStyle.SmallStrong, PdfStyle.Ink, Math.Clamp(X(best) - (label / 2), PdfStyle.Left, Right - label), Y(points[best].Value) - 14);
        sheet.Y = top + Plot + 24;
        PdfProse.Note(sheet, chart.Note);
        sheet.Y += 18;
    }

    private static double Height(ReportChart chart) => Titles(chart).Count * PdfStyle.SubHeading.Leading + 8 + (chart.Points.Count * BarRow)
        + (chart.Note is null ? 0 : PdfText.Wrap(chart.Note, PdfStyle.Small, HalfWidth).Count * PdfStyle.Small.Leading);

    private static List<string> Titles(ReportChart chart) => PdfText.Wrap(chart.Title, PdfStyle.SubHeading, HalfWidth, 3);

    private static void Bars(PdfSheet sheet, ReportChart chart, double left)
    {
        var y = sheet.Y + sheet.Lines(Titles(chart), PdfStyle.SubHeading, PdfStyle.Ink, left, sheet.Y) + 6;
        var names = Math.Min(84, chart.Points.Max(point => PdfStyle.Cell.Measure(PdfText.Clean(point.Label)))) + 8;
        var values = chart.Points.Max(point => PdfStyle.Small.Measure(Value(point))) + 7;
        var low = Math.Min(0, chart.Points.Min(point => point.Value));
        var high = Math.Max(0, chart.Points.Max(point => point.Value));
        var span = high > low ? high - low : 1;
        double X(double value) => left + names + ((value - low) / span * (HalfWidth - names - values));
        foreach (var point in chart.Points)
        {
            var (from, to) = (Math.Min(X(0), X(point.Value)), Math.Max(X(0), X(point.Value)));
            sheet.Text(PdfText.Wrap(point.Label, PdfStyle.Cell, names - 8, 1)[0], PdfStyle.Cell, PdfStyle.Ink, left, y + 3);
            sheet.Box(from, y + 4, Math.Max(0.75, to - from), 9, point.Muted ? PdfStyle.Part : PdfStyle.Accent);
            var text = Value(point);
            sheet.Text(text, PdfStyle.Small, PdfStyle.Soft, to + 6, y + 3.4);
            y += BarRow;
        }
        if (chart.Note is not null) sheet.Lines(PdfText.Wrap(chart.Note, PdfStyle.Small, HalfWidth), PdfStyle.Small, PdfStyle.Soft, left, y);
    }

    private static string Value(ChartPoint point) => point.Share is { } share
        ? $"{NumberText.Compact(point.Value)}  {NumberText.Percent(share)}"
        : NumberText.Compact(point.Value);
}
