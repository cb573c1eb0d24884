using FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>The at most six numbers a reader should take away.</summary>
public static class KeyFigureChoice
{
    private const int Most = 6;

    public static IReadOnlyList<KeyFigure> Of(Table table, ColumnRoles roles, TimeSeries? comparison, IReadOnlyList<CategoryRanking> rankings)
    {
        var figures = new List<KeyFigure>();
        foreach (var measure in roles.Measures.Take(2)) figures.Add(Whole(measure));
        figures.Add(new KeyFigure("Records", table.RowCount, NumberText.Count(table.RowCount), NumberText.Plural(table.Columns.Count, "column", "columns")));
        if (roles.Measures is [{ Additive: true, Column: { } column } main, ..])
        {
            var values = column.Values.Select(Measure.Number).OfType<double>().Order().ToArray();
            var mean = values.Average();
            figures.Add(new KeyFigure($"{main.Label} per record", mean, NumberText.Of(mean), $"median {NumberText.Of(QualityFindings.Quantile(values, 0.5))}"));
        }
        if (comparison is not null && TrendFindings.Growth(comparison) is { } growth)
        {
            var whole = comparison.Points.Where(point => !point.Partial).ToList();
            figures.Add(new KeyFigure("Change over the period", growth, NumberText.Change(growth), $"{comparison.Label(whole[0])} to {comparison.Label(whole[^1])}"));
        }
        foreach (var ranking in rankings)
        {
            if (figures.Count >= Most) break;
            if (!ranking.HasShares) continue;
            var top = ranking.Entries[0];
            figures.Add(new KeyFigure($"Share of {top.Name}", ranking.Share(top), NumberText.Percent(ranking.Share(top)), $"largest {ranking.Words} of {ranking.Entries.Count}"));
        }
        return figures.Count > Most ? figures[..Most] : figures;
    }

    private static KeyFigure Whole(Measure measure)
    {
        var tally = new Tally();
        foreach (var value in measure.Column!.Values) tally.Add(Measure.Number(value));
        var whole = tally.Of(measure);
        var missing = tally.Rows - tally.Values;
        var note = missing > 0 ? $"{NumberText.Count(missing)} missing" : measure.Additive ? $"over {NumberText.Plural(tally.Rows, "record", "records")}" : "mean of all records";
        return new KeyFigure(measure.Additive ? $"Total {measure.Words}" : $"Mean {measure.Words}", whole, NumberText.Compact(whole), note);
    }
}
