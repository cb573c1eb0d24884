using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>An input to the machine with what the outside knows about it and the machine need not.</summary>
internal sealed record DriverInput(MachineInput Input, AttemptFacts? Facts = null)
{
    /// <summary>What let it through; it is dropped when that is no longer so, and comes again from whoever decides now.</summary>
    public Admission? Admission { get; init; }

    /// <summary>Told when the input has been taken and what it led to is durable, for callers that answer somebody.</summary>
    public TaskCompletionSource? Taken { get; init; }

    /// <summary>Of a signal: told what became of it once that is durable; null when this driver lost the execution.</summary>
    public TaskCompletionSource<MachineDecision.AnswerSignal?>? Answer { get; init; }
}

/// <summary>What came with an attempt's start or end.</summary>
internal sealed record AttemptFacts
{
    public TaskAssignment? Assignment { get; init; }

    /// <summary>The agent somebody bound, with the match that led to it as a JSON object.</summary>
    public (string AgentId, string Method, string? Details)? Bound { get; init; }

    public StepResult? Result { get; init; }

    public StoredOutput Output { get; init; }

    /// <summary>The execution that did it.</summary>
    public string? ChildId { get; init; }

    /// <summary>What came of pure items that were evaluated together, in order.</summary>
    public IReadOnlyList<StoredOutput> Items { get; init; } = [];

    /// <summary>From a monotonic clock.</summary>
    public TimeSpan Duration { get; init; }
}

/// <summary>An output as a row keeps it: JSON, or the artifact that holds it when it is large.</summary>
internal readonly record struct StoredOutput(string? Json, ArtifactReference? Artifact, long Bytes);
