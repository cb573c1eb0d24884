using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Pins;

/// <summary>Outputs that an execution's steps give instead of being run, by step name.</summary>
public static class PinnedOutputs
{
    /// <summary>Of all pinned outputs together as JSON, in bytes.</summary>
    public const int MostBytes = ArtifactStore.MaxInlineBytes;

    private static readonly string[] NotPinnable = ["conditional", "switch", "for_each", "sub_workflow", "wait_for_signal"];

    /// <summary>What triggers an execution that may carry pins: a person, never a schedule, a webhook or an event.</summary>
    private static readonly string[] Starters = ["manual", "api", "mcp", "retry"];

    /// <summary>As they are stored with the execution; null when there are none.</summary>
    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static string? Check(JsonObject? pins, PreparedWorkflow workflow, string triggeredBy)
    {
        if (pins is not { Count: > 0 }) return null;
        if (!Starters.Contains(triggeredBy)) throw new ProblemException(ProblemCodes.InvalidRequest, $"An execution started by {triggeredBy} cannot have pinned outputs; only one that a person starts can.");
        List<ProblemDetail> wrong = [];
        foreach (var (name, _) in pins)
        {
            var pointer = JsonPointers.Append("/pins", name);
            if (workflow.Ordinal(name) is not { } ordinal)
                wrong.Add(new ProblemDetail(pointer, "unknown_step", $"Version {workflow.Version} has no step \"{name}\".") { Allowed = [.. workflow.Definition.Steps.Select(step => step.Name).Take(50)] });
            else if (NotPinnable.Contains(workflow.Definition.Steps[ordinal].Type))
                wrong.Add(new ProblemDetail(pointer, "not_pinnable", $"Step \"{name}\" is of the type {workflow.Definition.Steps[ordinal].Type}, whose output cannot be pinned: it decides what runs.") { Hint = "Pin the steps before it instead." });
        }

        if (wrong.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, wrong[0].Message) { Details = wrong });
        var json = CanonicalJson.Write(pins);
        var bytes = Encoding.UTF8.GetByteCount(json);
        return bytes <= MostBytes ? json : throw new ProblemException(ProblemCodes.InvalidRequest, $"The pinned outputs have {bytes} bytes together; at most {MostBytes} are kept with an execution. Pin fewer steps, or shorter outputs.");
    }

    public static JsonObject? Read(string? json) => json is null ? null : (JsonObject)JsonNode.Parse(json)!;

    /// <summary>Names of the pinned steps; null when there are none.</summary>
    public static IReadOnlyList<string>? Names(string? json) => Read(json) is { } pins ? [.. pins.Select(pin => pin.Key)] : null;
}

/// <summary>Gives what somebody pinned, and reaches for nothing.</summary>
internal sealed class PinnedBehaviour(JsonNode? output) : IPureBehaviour
{
    public StepResult Evaluate(StepScope scope) => StepResult.Completed(output?.DeepClone());
}
