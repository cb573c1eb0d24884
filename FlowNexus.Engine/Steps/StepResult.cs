using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps;

/// <summary>How one attempt ended.</summary>
public sealed record StepResult
{
    /// <summary>Null when the attempt failed.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>Why the attempt failed; null when it did not.</summary>
    public Problem? Failure { get; init; }

    /// <summary>False for a failure that would be the same next time; such an attempt is not retried.</summary>
    public bool Retryable { get; init; } = true;

    /// <summary>Records handled, counted, not estimated; null when the step has no records.</summary>
    public long? RecordsProcessed { get; init; }

    /// <summary>Bytes read from outside or from other steps.</summary>
    public long BytesRead { get; init; }

    public IReadOnlyList<ArtifactReference> Artifacts { get; init; } = [];

    /// <summary>Of a conditional or switch step: the step names or path labels taken (<see cref="Workflows.BranchTargets"/>); null when nothing led anywhere.</summary>
    public string? Branch { get; init; }

    /// <summary>Something people should see although the step did not fail.</summary>
    public IReadOnlyList<ProblemDetail> Warnings { get; init; } = [];

    public static StepResult Completed(JsonNode? output) => new() { Output = output };

    public static StepResult Failed(Problem failure, bool retryable = false) => new() { Failure = failure, Retryable = retryable };
}
