using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The rows of items that ended in this transition, and of other executions whose end it takes.</summary>
internal sealed partial class DriverTurn
{
    private readonly Dictionary<(int Step, int Item), AttemptFacts> _itemFacts = [];
    private readonly List<string> _taken = [];

    /// <summary>Pure items to be evaluated next, in this transition or a later one.</summary>
    public List<MachineDecision.EvaluateItems> Batches { get; } = [];

    private void Keep(MachineInput input, AttemptFacts facts)
    {
        if (facts.ChildId is { } child) _taken.Add(child);
        if (input is MachineInput.ItemEnded ended) _itemFacts[(ended.Step, ended.Item)] = facts;
        if (input is not MachineInput.ItemsEvaluated items) return;
        for (var i = 0; i < facts.Items.Count; i++) _itemFacts[(items.Step, items.First + i)] = new AttemptFacts { Output = facts.Items[i] };
    }

    private void WriteItems(Transition transition)
    {
        foreach (var child in _taken) transition.Taken(child);
        foreach (var happened in Events)
        {
            if (happened.Type is not (MachineEventType.ItemsCompleted or MachineEventType.ItemFailed)) continue;
            for (var item = happened.Item; item <= happened.Through; item++) WriteItem(transition, happened, item);
        }
    }

    private void WriteItem(Transition transition, MachineEvent happened, int item)
    {
        var facts = _itemFacts.GetValueOrDefault((happened.Step, item));
        var completed = happened.Type == MachineEventType.ItemsCompleted;
        transition.Upsert(Storage.Journal.Tables.Iterations, new IterationRow
        {
            ExecutionId = Row.Id,
            Ordinal = happened.Step,
            Iteration = item,
            Status = completed ? "completed" : "failed",
            Attempt = happened.Attempt,
            Output = completed ? facts?.Output.Json : null,
            OutputArtifact = completed ? facts?.Output.Artifact?.ArtifactId : null,
            ChildId = facts?.ChildId,
            Error = happened.Problem is { } problem ? ExecutionRows.Json(problem) : null,
            StartedAt = UnixMicros.Of(_before.Steps[happened.Step].Loop?.TryGet(item)?.StartedAt),
            FinishedAt = UnixMicros.Of(happened.At),
        });
        if (!completed || facts is null) return;
        foreach (ArtifactReference artifact in facts.Result?.Artifacts ?? []) transition.InsertIfAbsent(Storage.Journal.Tables.Artifacts, Artifact(artifact, happened.Step, "file", happened.At));
        if (facts.Output.Artifact is { } body) transition.InsertIfAbsent(Storage.Journal.Tables.Artifacts, Artifact(body, happened.Step, "body", happened.At));
    }
}
