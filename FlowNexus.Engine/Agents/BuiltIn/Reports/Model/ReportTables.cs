using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>The tables of a report: by period, by category, the columns, the first rows.</summary>
public static class ReportTables
{
    private const int MostEntries = 25;
    private const int SampleRows = 20;

    public static IEnumerable<ReportTable> Of(Table table, ColumnRoles roles, TimeSeries? comparison, IReadOnlyList<CategoryRanking> rankings)
    {
        if (comparison is { Points.Count: >= 2 }) yield return ByPeriod(comparison);
        for (var index = 0; index < rankings.Count; index++) yield return ByCategory(rankings[index], index);
        yield return ColumnTable.Of(table);
        yield return Sample(table);
    }

    private static ReportTable ByPeriod(TimeSeries series)
    {
        var rows = new List<IReadOnlyList<string>>();
        for (var index = 0; index < series.Points.Count; index++)
        {
            var point = series.Points[index];
            var before = index > 0 ? series.Points[index - 1] : null;
            var change = before is { Value: > 0, Partial: false } && !point.Partial ? NumberText.Change((point.Value / before.Value) - 1) : "–";
            rows.Add([series.Label(point) + (point.Partial ? " (part)" : ""), NumberText.Count(point.Rows), series.Measure.Text(point.Value), change]);
        }
        var counted = series.Measure.Column is null;
        List<TableHeading> headings = [new(series.Unit.ToString(), false), new("Records", true), new(series.Measure.Heading, true), new("Change", true)];
        if (counted)
        {
            headings.RemoveAt(2);
            rows = [.. rows.Select(row => (IReadOnlyList<string>)[row[0], row[1], row[3]])];
        }
        return new ReportTable("table-time", $"{series.Measure.Heading} by {series.Unit.ToString().ToLowerInvariant()}", headings, rows, null);
    }

    private static ReportTable ByCategory(CategoryRanking ranking, int index)
    {
        var measure = ranking.Measure;
        var counted = measure.Column is null;
        List<TableHeading> headings = [new(ranking.Label, false), new("Records", true)];
        if (!counted) headings.Add(new(measure.Heading, true));
        if (ranking.HasShares) headings.Add(new("Share", true));
        if (!counted && measure.Additive) headings.Add(new("Mean per record", true));
        var rows = new List<IReadOnlyList<string>>();
        foreach (var entry in ranking.Entries.Take(MostEntries))
        {
            List<string> row = [entry.Name, NumberText.Count(entry.Rows)];
            if (!counted) row.Add(measure.Text(entry.Value));
            if (ranking.HasShares) row.Add(NumberText.Percent(ranking.Share(entry)));
            if (!counted && measure.Additive) row.Add(double.IsNaN(entry.Mean) ? "–" : NumberText.Fixed(entry.Mean, 2));
            rows.Add(row);
        }
        var left = ranking.Entries.Count - rows.Count;
        return new ReportTable(
            $"table-category-{index + 1}", $"By {ranking.Words}", headings, rows,
            left > 0 ? $"The first {MostEntries} of {NumberText.Count(ranking.Entries.Count)}." : null);
    }

    private static ReportTable Sample(Table table)
    {
        var count = Math.Min(SampleRows, table.RowCount);
        var formats = table.Columns.Select(CellFormat.Of).ToList();
        var rows = Enumerable.Range(0, count).Select(row => (IReadOnlyList<string>)[.. formats.Select(format => format.At(row))]).ToList();
        return new ReportTable(
            "table-sample", count == table.RowCount ? "All records" : $"First {count} records",
            [.. table.Columns.Select(column => new TableHeading(column.Name, CellDisplay.IsNumeric(column.Kind)))], rows,
            count == table.RowCount ? null : $"{NumberText.Count(table.RowCount)} records in all; the CSV format of this report holds every one.");
    }
}
