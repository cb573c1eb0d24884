namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>The charts of a report: one line over time, bars by category.</summary>
public static class ReportCharts
{
    /// <summary>Bars before the rest is gathered into one.</summary>
    private const int MostBars = 10;

    public static IEnumerable<ReportChart> Of(TimeSeries? line, TimeSeries? comparison, IReadOnlyList<CategoryRanking> rankings)
    {
        if (line is { Points.Count: >= 3 }) yield return Line(line);
        else if (comparison is { Points.Count: >= 2 }) yield return Line(comparison);
        for (var index = 0; index < rankings.Count; index++) yield return Bars(rankings[index], index);
    }

    private static ReportChart Line(TimeSeries series)
    {
        var unit = series.Unit.ToString();
        var partial = series.Points.Count(point => point.Partial);
        var points = series.Points.Select(point => new ChartPoint(series.Label(point), point.Value, series.Measure.Text(point.Value), Muted: point.Partial));
        var note = string.Join(' ', ((string?[])[
            series.Unit == TimeUnit.Week ? "Weeks start on Monday." : null,
            partial > 0 ? $"Hollow points: {unit.ToLowerInvariant()}s that the data covers only in part." : null]).Where(text => text is not null));
        return new ReportChart(
            "chart-time", ChartKind.Line, $"{series.Measure.Heading} by {unit.ToLowerInvariant()}", unit, series.Measure.Heading, [.. points], note.Length == 0 ? null : note);
    }

    private static ReportChart Bars(CategoryRanking ranking, int index)
    {
        var measure = ranking.Measure;
        var shares = ranking.HasShares;
        var fits = ranking.Entries.Count <= MostBars + 1;
        var shown = fits ? ranking.Entries : [.. ranking.Entries.Take(MostBars)];
        var points = shown.Select(entry => new ChartPoint(entry.Name, entry.Value, measure.Text(entry.Value), shares ? ranking.Share(entry) : null, entry.Name == CategoryRanking.Missing)).ToList();
        // The remainder is told, not drawn: as a bar it would dwarf what it is compared with.
        var rest = ranking.Entries.Skip(MostBars).Sum(entry => entry.Value);
        var note = fits ? null
            : !measure.Additive ? $"The {MostBars} highest of {NumberText.Count(ranking.Entries.Count)}."
            : $"{NumberText.Count(ranking.Entries.Count - MostBars)} others together: {measure.Text(rest)}{(shares ? $" ({NumberText.Percent(rest / ranking.Total)})" : "")}.";
        return new ReportChart(
            $"chart-category-{index + 1}", ChartKind.Bars, $"{measure.Heading} by {ranking.Words}", ranking.Label, measure.Heading, points,
            note);
    }
}
