using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>A step of a draft together with past data, as if the step ran now.</summary>
internal sealed class TrialScope
{
    private TrialScope(WorkflowGraph graph, int step, StepScope scope, IReadOnlyList<string> before)
    {
        (Graph, Step, Scope, Before) = (graph, step, scope, before);
    }

    public WorkflowGraph Graph { get; }

    public int Step { get; }

    public StepScope Scope { get; private init; }

    /// <summary>Steps before it, the nearest first.</summary>
    public IReadOnlyList<string> Before { get; }

    /// <summary>Steps whose failure leads to it.</summary>
    public IReadOnlyList<string> Failing => [.. Graph.Incoming(Step).Where(edge => edge.Kind == EdgeKind.Error).Select(edge => Graph.Steps[edge.From].Name)];

    /// <exception cref="ProblemException">NOT_FOUND when the definition has no such step.</exception>
    public static TrialScope Of(string workflowId, JsonObject definition, string stepName, PastData past, JsonObject? pins, DateTimeOffset now)
    {
        var graph = DraftGraph.Of(definition);
        var step = graph.IndexOf(stepName);
        if (step < 0) throw new ProblemException(new Problem(ProblemCodes.NotFound, $"The definition has no step \"{stepName}\".") { Details = [new ProblemDetail("/step", "unknown_step", $"There is no step \"{stepName}\".") { Allowed = [.. graph.Steps.Select(one => one.Name).Take(50)] }] });
        var before = DraftGraph.Before(graph, step);
        var scope = new StepScope
        {
            Input = past.Input,
            Outputs = past.Outputs(before.OrderBy(graph.IndexOf), pins),
            ErrorOf = past.ErrorOf,
            DirectDependencies = [.. graph.Incoming(step).Select(edge => graph.Steps[edge.From].Name).Distinct()],
            Execution = new ExecutionFacts(past.Row?.Id ?? "", workflowId, definition["name"]?.ToString() ?? "", past.Row?.Version ?? 0, UnixMicros.Read(past.Row?.StartedAt) ?? now) { Metadata = definition["metadata"] as JsonObject },
        };
        return new TrialScope(graph, step, scope, before);
    }

    /// <summary>Inside a loop: with the first of its items.</summary>
    /// <exception cref="ProblemException">The items give no list, or an expression fails.</exception>
    public TrialScope WithFirstOf(JsonNode items)
    {
        var value = Evaluate(items, isExpression: items is JsonValue);
        var first = value switch
        {
            JsonArray { Count: > 0 } list => list[0],
            JsonObject range when range["from"] is { } from => from,
            JsonArray => throw new ProblemException(ProblemCodes.NoData, "The list of items is empty here, so there is no item to show."),
            _ => throw new ProblemException(ProblemCodes.ExpressionType, "The items are no list here."),
        };
        return new TrialScope(Graph, Step, Scope, Before) { Scope = With(first) };
    }

    /// <exception cref="ProblemException">EXPRESSION_INVALID, EXPRESSION_UNRESOLVED or EXPRESSION_TYPE.</exception>
    public JsonNode? Evaluate(JsonNode? value, bool isExpression)
    {
        if (!isExpression) return Template.Compile(value).Render(Scope);
        var text = value?.ToString().Trim() ?? "";
        if (text.StartsWith("{{", StringComparison.Ordinal) && text.EndsWith("}}", StringComparison.Ordinal)) text = text[2..^2];
        return Expression.Parse(text.Trim()).Evaluate(Scope);
    }

    private StepScope With(JsonNode? item) => new()
    {
        Input = Scope.Input,
        Outputs = Scope.Outputs,
        ErrorOf = Scope.ErrorOf,
        DirectDependencies = Scope.DirectDependencies,
        Execution = Scope.Execution,
        Item = new LoopItem(item?.DeepClone(), 0),
    };
}
