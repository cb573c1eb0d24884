using FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>From data to report: a pure function, so that the same data always makes the same report.</summary>
public static class ReportBuilder
{
    /// <summary>Categories with a chart and a table; more would bury the first ones.</summary>
    private const int CategoriesShown = 4;

    private const int CategoryFindingsMost = 6;

    /// <param name="table">At least one row.</param>
    /// <param name="processing">What earlier steps did, oldest first.</param>
    /// <param name="choices">What the author of the step decided.</param>
    /// <param name="provenance">Where all this comes from.</param>
    /// <param name="title">Used unless the author chose one.</param>
    public static ReportModel Build(
        Table table, IReadOnlyList<ProcessingStep> processing, ReportChoices choices, ReportProvenance provenance, string title)
    {
        var roles = ColumnRoles.Of(table, choices);
        var main = roles.Main;
        var range = DateRange(roles.Date);
        var rankings = roles.Categories.Select(column => CategoryRanking.Of(column, main)).Where(ranking => ranking.Entries.Count >= 2).ToList();
        var shown = rankings.OrderBy(ranking => ranking.Column.Kind == ColumnKind.Boolean ? 2 : ranking.Entries.Count > 30 ? 1 : 0).Take(CategoriesShown).ToList();
        TimeSeries? line = null, comparison = null, days = null;
        if (range is var (first, last) && roles.Date is { } date)
        {
            line = TimeSeries.Of(date, main, TimeSeries.ForLine(first, last));
            comparison = TimeSeries.Of(date, main, TimeSeries.ForComparison(first, last));
            days = (last - first).TotalDays <= 3660 ? TimeSeries.Of(date, main, TimeUnit.Day) : null;
        }
        return new ReportModel
        {
            Title = choices.Title ?? title,
            Subtitle = Subtitle(table, main, rankings, comparison),
            Period = range is var (from, to) ? NumberText.Span(from, to) : null,
            Provenance = provenance,
            Rows = table.RowCount,
            Processing = processing,
            KeyFigures = KeyFigureChoice.Of(table, roles, comparison, rankings),
            Findings = [.. FindingsOf(table, roles, comparison, days, [.. rankings.Take(CategoryFindingsMost)])],
            Charts = [.. ReportCharts.Of(line, comparison, shown)],
            Tables = [.. ReportTables.Of(table, roles, comparison, shown)],
        };
    }

    private static (DateTime First, DateTime Last)? DateRange(Column? column)
    {
        if (column is null) return null;
        var dates = column.Values.OfType<DateTime>().ToList();
        return dates.Count == 0 ? null : (dates.Min(), dates.Max());
    }

    private static string Subtitle(Table table, Measure main, List<CategoryRanking> rankings, TimeSeries? comparison)
    {
        var by = rankings.Select(ranking => ranking.Words).Take(3).ToList();
        if (comparison is { Points.Count: > 1 }) by.Insert(0, "time");
        var subject = main.Column is null ? "Records" : main.Label;
        var split = by.Count switch
        {
            0 => "",
            1 => $" by {by[0]}",
            _ => $" by {string.Join(", ", by.Take(by.Count - 1))} and {by[^1]}",
        };
        return $"{subject}{split}, from {NumberText.Plural(table.RowCount, "record", "records")}";
    }

    private static IEnumerable<Finding> FindingsOf(
        Table table, ColumnRoles roles, TimeSeries? comparison, TimeSeries? days, List<CategoryRanking> rankings)
    {
        if (comparison is not null)
        {
            foreach (var finding in TrendFindings.Of(comparison)) yield return finding;
        }
        if (days is not null && TrendFindings.Halves(days) is { } halves) yield return halves;
        foreach (var finding in rankings.SelectMany(CategoryFindings.Of)) yield return finding;
        if (QualityFindings.Relation(roles.Measures) is { } relation) yield return relation;
        if (QualityFindings.Outliers(roles.Main) is { } outliers) yield return outliers;
        yield return QualityFindings.Missing(table);
    }
}
