using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>
/// Reads one step of a draft by itself: what is wrong elsewhere in the workflow does not matter to it. The steps before
/// it stay as names, so that its expressions are checked as they are in the whole.
/// </summary>
internal static class LoneStep
{
    private const string Self = "/steps/0";

    // How it hangs together with the others is not tried here.
    private static readonly string[] Between = ["on_error", "join", "stragglers", "exclusive", "path", "depends_on"];

    /// <exception cref="ProblemException">INVALID_DEFINITION, with pointers that start at the step.</exception>
    public static StepDefinition Read(TrialScope scope, JsonObject definition, WorkflowDefinitionReader reader)
    {
        var step = (JsonObject)scope.Graph.Steps[scope.Step].Source.DeepClone();
        foreach (var name in Between) step.Remove(name);
        if (scope.Before.Count > 0) step["depends_on"] = new JsonArray([.. scope.Before.Except(scope.Failing).Select(name => JsonValue.Create(name))]);
        var self = scope.Graph.Steps[scope.Step].Name;
        var others = scope.Graph.Steps.Where((_, index) => index != scope.Step).Select(other => other.Name).Where(name => name.Length > 0 && name != self).Distinct();
        var alone = new JsonObject
        {
            ["name"] = "test",
            ["metadata"] = definition["metadata"] is JsonObject metadata ? metadata.DeepClone() : null,
            ["steps"] = new JsonArray([step, .. others.Select(name => Stub(name, scope.Failing.Contains(name) ? self : null))]),
        };
        if (alone["metadata"] is null) alone.Remove("metadata");
        var read = reader.Read(alone);
        if (read.Definition is { } whole) return whole.Steps[0];
        ProblemDetail[] own = [.. read.Errors.Where(error => error.Pointer.StartsWith(Self, StringComparison.Ordinal)).Select(error => error with { Pointer = error.Pointer[Self.Length..] })];
        if (own.Length == 0) own = [.. read.Errors];
        throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, $"The step \"{self}\" is not ready: {own[0].Message}") { Details = own });
    }

    private static JsonObject Stub(string name, string? handler)
    {
        var stub = new JsonObject { ["name"] = name, ["type"] = "wait_for_signal", ["depends_on"] = new JsonArray() };
        if (handler is not null) stub["on_error"] = handler;
        return stub;
    }
}
