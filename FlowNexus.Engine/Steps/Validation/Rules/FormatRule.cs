using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>
/// Cells have the format declared for their column; for other columns the format that at least 90 % of the cells
/// agree on. A column without such a format is reported as unchecked.
/// </summary>
internal sealed class FormatRule(IReadOnlyDictionary<string, string> declared, IReadOnlyList<string> columns) : ValidationRule("format_check")
{
    public override IEnumerable<RuleCheck> Check(CheckedRows rows)
    {
        var table = rows.Table;
        foreach (var name in declared.Keys.Concat(columns).Where(name => table.TryColumn(name) is null)) yield return NoColumn(table, name);
        foreach (var column in table.Columns)
        {
            var format = declared.FirstOrDefault(pair => pair.Key.Equals(column.Name, StringComparison.OrdinalIgnoreCase)).Value;
            if (format is null && columns.Count > 0 && !columns.Contains(column.Name, StringComparer.OrdinalIgnoreCase)) continue;
            yield return Check(column, format is null ? FormatInference.Of(column) : Formats.TryGet(format));
        }
    }

    private RuleCheck Check(Column column, CellFormat? format)
    {
        if (format is null)
            return new RuleCheck(Name, column.Name) { Unchecked = true, Message = "No format is declared, and the cells do not agree on one." };
        var result = new RuleCheck(Name, column.Name) { Format = format.Name };
        for (var row = 0; row < column.Values.Length; row++)
        {
            if (column.Values[row] is string cell && !format.Fits(cell)) result.Fail(row, cell, $"Not {format.Description}.");
        }

        return result;
    }
}
