using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Shaping;

/// <summary>An expression evaluated for each row: its columns are names, and so are <c>item.column</c>, <c>steps</c> and <c>input</c>.</summary>
internal sealed class RowExpression
{
    private readonly Expression _expression;
    private readonly StepScope _scope;
    private readonly Table _table;

    public RowExpression(string text, Table table, StepScope scope)
    {
        _expression = Expression.Parse(text);
        _table = table;
        _scope = scope;
    }

    /// <summary>Rows with a missing value that the comparison needs do not match.</summary>
    public bool Holds(int row) => Evaluate(row) switch
    {
        JsonValue value when value.TryGetValue<bool>(out var flag) => flag,
        null => false,
        var other => throw new ProblemException(ProblemCodes.ExpressionType, $"The filter '{_expression.Source}' gives {other.ToJsonString()} where true or false is needed. Compare it with something: units > 3."),
    };

    /// <summary>Null also when a value it needs is missing in this row.</summary>
    public JsonNode? Evaluate(int row)
    {
        var item = ColumnsJson.Row(_table, row);
        var used = new JsonObject();
        var scope = new StepScope { Input = item, Outputs = _scope.Outputs, ErrorOf = _scope.ErrorOf, DirectDependencies = [], Execution = _scope.Execution };
        try
        {
            return _expression.Evaluate(new EvaluationScope(scope) { Used = used }.With(item, row)).ToNode();
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.ExpressionType && used.Any(pair => pair.Value is null))
        {
            return null;
        }
    }
}
