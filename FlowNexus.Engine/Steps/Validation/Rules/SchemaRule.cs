using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Validation.Rules;

/// <summary>Every row, as a JSON object, fits a JSON Schema.</summary>
internal sealed class SchemaRule(CompiledInputSchema schema) : ValidationRule("json_schema")
{
    public override IEnumerable<RuleCheck> Check(CheckedRows rows)
    {
        var result = new RuleCheck(Name);
        for (var row = 0; row < rows.Table.RowCount; row++)
        {
            if (schema.Validate(rows.Row(row)) is [var problem, ..]) result.Fail(row, null, $"{(problem.Pointer.Length > 0 ? problem.Pointer + ": " : "")}{problem.Message}");
        }

        return [result];
    }
}
