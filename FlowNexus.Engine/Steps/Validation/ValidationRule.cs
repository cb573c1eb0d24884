using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>One rule of a validation step: a pure function over rows.</summary>
internal abstract class ValidationRule(string name)
{
    public static readonly IReadOnlyList<string> Names = ["not_empty", "format_check", "range", "regex", "unique", "json_schema"];

    public string Name { get; } = name;

    public abstract IEnumerable<RuleCheck> Check(CheckedRows rows);

    /// <summary>Checks each named column that exists and fails for each that does not.</summary>
    protected IEnumerable<RuleCheck> EachColumn(Table table, IReadOnlyList<string> columns, Action<Column, RuleCheck> check)
    {
        foreach (var wanted in columns)
        {
            if (table.TryColumn(wanted) is not { } column)
            {
                yield return NoColumn(table, wanted);
                continue;
            }

            var result = new RuleCheck(Name, column.Name);
            check(column, result);
            yield return result;
        }
    }

    protected RuleCheck NoColumn(Table table, string wanted) => RuleCheck.Whole(Name, wanted, table.Columns.Count == 0
        ? $"There is no column '{wanted}': the data has no columns."
        : $"There is no column '{wanted}'. Columns: {string.Join(", ", table.Columns.Select(column => column.Name).Take(30))}.");
}
