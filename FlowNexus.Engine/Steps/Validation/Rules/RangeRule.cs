using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>Numbers between two bounds, both included. Blank cells are left to <c>not_empty</c>; text that is no number fails.</summary>
internal sealed class RangeRule(IReadOnlyList<string> columns, double? least, double? most) : ValidationRule("range")
{
    public override IEnumerable<RuleCheck> Check(CheckedRows rows) => EachColumn(rows.Table, columns, Check);

    private void Check(Column column, RuleCheck result)
    {
        for (var row = 0; row < column.Values.Length; row++)
        {
            if (column.Values[row] is not string cell) continue;
            if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || double.IsNaN(number)) result.Fail(row, cell, "Not a number.");
            else if (number < least) result.Fail(row, cell, $"Less than {least.Value.ToString(CultureInfo.InvariantCulture)}.");
            else if (number > most) result.Fail(row, cell, $"More than {most.Value.ToString(CultureInfo.InvariantCulture)}.");
        }
    }
}
