using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Expressions.Syntax;

/// <summary><c>execution.id</c> and the other facts about the execution.</summary>
internal sealed class ExecutionRoot(string fact) : PathRoot
{
    public static readonly IReadOnlyList<string> Facts = ["id", "workflow_id", "workflow_name", "version", "started_at", "metadata"];

    public override string Print() => "execution." + fact;

    public override bool TryResolve(in EvaluationScope scope, out ExpressionValue value, out MissingSegment missing)
    {
        var execution = scope.Step.Execution;
        missing = default;
        value = fact switch
        {
            "id" => ExpressionValue.From(execution.ExecutionId),
            "workflow_id" => ExpressionValue.From(execution.WorkflowId),
            "workflow_name" => ExpressionValue.From(execution.WorkflowName),
            "version" => ExpressionValue.From(execution.Version),
            "started_at" => ExpressionValue.From(StartedAt(execution)),
            _ => ExpressionValue.From((JsonNode?)execution.Metadata),
        };
        return true;
    }

    private static string StartedAt(ExecutionFacts execution) =>
        execution.StartedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
