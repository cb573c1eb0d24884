using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>A step of a definition that may be a draft, and the past data to look at it with.</summary>
/// <param name="Definition">Need not be valid.</param>
public sealed record TrialPlace(string WorkflowId, JsonObject Definition, string StepName)
{
    /// <summary>Null takes the workflow's latest.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>By step name, outputs that count instead of those of the execution.</summary>
    public JsonObject? Pins { get; init; }
}

/// <summary>Evaluates an expression of a step on the data of a past execution. Nothing runs and nothing is stored.</summary>
public sealed class PreviewExpression(EngineDatabase database, ArtifactStore artifacts, TimeProvider time)
{
    /// <summary>What is wrong with the expression is part of the answer.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, EXECUTION_EXPIRED, NOT_FOUND, FORBIDDEN.</exception>
    public async Task<ExpressionPreview> RunAsync(Principal principal, TrialPlace place, PreviewText text)
    {
        principal.Demand(Permission.Read);
        var past = await PastData.ReadAsync(database, artifacts, place.WorkflowId, place.ExecutionId);
        var scope = TrialScope.Of(place.WorkflowId, place.Definition, place.StepName, past, place.Pins, time.GetUtcNow());
        try
        {
            if (text.Items is { } items) scope = scope.WithFirstOf(items);
            var value = scope.Evaluate(text.Value, text.IsExpression);
            var (shown, cut) = BoundedValue.Of(value);
            return new ExpressionPreview { Value = shown, Kind = BoundedValue.Kind(value), Cut = cut, ExecutionId = past.Row?.Id };
        }
        catch (ProblemException failure)
        {
            return new ExpressionPreview { Problem = failure.Problem, ExecutionId = past.Row?.Id };
        }
    }

    /// <summary>What the expressions of a step can use, with samples from the past execution.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, EXECUTION_EXPIRED, NOT_FOUND, FORBIDDEN.</exception>
    public async Task<ReachView> ReachAsync(Principal principal, TrialPlace place)
    {
        principal.Demand(Permission.Read);
        var past = await PastData.ReadAsync(database, artifacts, place.WorkflowId, place.ExecutionId);
        var scope = TrialScope.Of(place.WorkflowId, place.Definition, place.StepName, past, place.Pins, time.GetUtcNow());
        return new ReachView(past.Row?.Id, ReachableData.Of(scope.Scope, scope.Before, scope.Failing));
    }
}

/// <param name="ExecutionId">Whose data the samples are; null when the workflow has not been run.</param>
public sealed record ReachView(string? ExecutionId, IReadOnlyList<DataInReach> Data);
