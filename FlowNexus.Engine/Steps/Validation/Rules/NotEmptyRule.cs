namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>Without columns: there is a row, and no row is wholly blank. With columns: none of them has a blank cell.</summary>
internal sealed class NotEmptyRule(IReadOnlyList<string> columns) : ValidationRule("not_empty")
{
    public override IEnumerable<RuleCheck> Check(CheckedRows rows)
    {
        var table = rows.Table;
        if (table.RowCount == 0) return [RuleCheck.Whole(Name, null, "There are no rows.")];
        if (columns.Count == 0) return [BlankRows(table)];
        return EachColumn(table, columns, (column, result) =>
        {
            for (var row = 0; row < column.Values.Length; row++)
            {
                if (column.Values[row] is null) result.Fail(row, null, "The cell is blank.");
            }
        });
    }

    private RuleCheck BlankRows(Agents.BuiltIn.Tables.Table table)
    {
        var result = new RuleCheck(Name);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (table.Columns.All(column => column.Values[row] is null)) result.Fail(row, null, "Every cell of the row is blank.");
        }

        return result;
    }
}
