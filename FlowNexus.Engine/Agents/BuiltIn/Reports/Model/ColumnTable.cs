using FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>One line per column of the data: kind, gaps, variety, range.</summary>
public static class ColumnTable
{
    public static ReportTable Of(Table table) => new(
        "table-columns", "Columns of the data",
        [new("Column", false), new("Kind", false), new("Missing", true), new("Distinct", true), new("Smallest", true), new("Median", true), new("Largest", true)],
        [.. table.Columns.Select(Row)], null);

    private static string[] Row(Column column)
    {
        var format = CellFormat.Of(column);
        var head = new[]
        {
            column.Name, column.Kind.ToString().ToLowerInvariant(), NumberText.Count(column.MissingCount),
            NumberText.Count(column.Values.Where(value => value is not null).Distinct().Count()),
        };
        return [.. head, .. Range(column, format)];
    }

    private static string[] Range(Column column, CellFormat format)
    {
        if (CellDisplay.IsNumeric(column.Kind))
        {
            var values = column.Values.Select(Measure.Number).OfType<double>().Order().ToArray();
            if (values.Length == 0) return ["–", "–", "–"];
            string Text(double value) => format.Plain ? value.ToString("0", System.Globalization.CultureInfo.InvariantCulture) : NumberText.Fixed(value, Math.Min(format.Decimals, 2));
            return [Text(values[0]), format.Plain ? "–" : NumberText.Of(QualityFindings.Quantile(values, 0.5), Math.Max(1, Math.Min(format.Decimals, 2))), Text(values[^1])];
        }
        if (column.Kind == ColumnKind.Date)
        {
            var dates = column.Values.OfType<DateTime>().ToList();
            return dates.Count == 0 ? ["–", "–", "–"] : [CellDisplay.Of(dates.Min(), 0), "–", CellDisplay.Of(dates.Max(), 0)];
        }
        return ["–", "–", "–"];
    }
}
