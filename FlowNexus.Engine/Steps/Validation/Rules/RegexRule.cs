using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>Cells match a pattern somewhere. Runs in time linear in the cell's length, so no pattern can hang a step.</summary>
internal sealed class RegexRule(IReadOnlyList<string> columns, Regex pattern) : ValidationRule("regex")
{
    public static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    public override IEnumerable<RuleCheck> Check(CheckedRows rows) => EachColumn(rows.Table, columns, (column, result) =>
    {
        for (var row = 0; row < column.Values.Length; row++)
        {
            if (column.Values[row] is string cell && !pattern.IsMatch(cell)) result.Fail(row, cell, $"Does not match {pattern}.");
        }
    });
}
