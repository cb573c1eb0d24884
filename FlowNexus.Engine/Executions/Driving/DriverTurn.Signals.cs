using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Signals that came or were taken in this transition.</summary>
internal sealed partial class DriverTurn
{
    private readonly Dictionary<int, JsonObject> _delivered = [];

    /// <summary>What steps were given with their signals since this was last asked.</summary>
    public IReadOnlyList<KeyValuePair<int, JsonObject>> TakeDelivered()
    {
        KeyValuePair<int, JsonObject>[] delivered = [.. _delivered];
        _delivered.Clear();
        return delivered;
    }

    private void Receive(IEnumerable<MachineEvent> events)
    {
        foreach (var happened in events)
        {
            if (happened.SignalNumber == 0) continue;
            var signal = State.Inbox.Signals[happened.SignalNumber - 1];
            var output = new JsonObject { ["signal"] = signal.Name, ["data"] = JsonNode.Parse(signal.Data), ["by"] = signal.By, ["at"] = UtcJson.Text(signal.At) };
            var json = output.ToJsonString(ProblemJson.Options);
            _facts[(happened.Step, happened.Attempt)] = new AttemptFacts { Result = StepResult.Completed(output), Output = new StoredOutput(json, null, Encoding.UTF8.GetByteCount(json)) };
            _delivered[happened.Step] = output;
        }
    }

    private void WriteSignals(Transition transition)
    {
        if (ReferenceEquals(State.Inbox, _before.Inbox)) return;
        for (var i = 0; i < State.Inbox.Signals.Count; i++)
        {
            var signal = State.Inbox.Signals[i];
            if (i < _before.Inbox.Signals.Count && _before.Inbox.Signals[i].TakenBy == signal.TakenBy) continue;
            transition.Upsert(Storage.Journal.Tables.Signals, ExecutionRows.Signal(Row.Id, signal));
        }
    }
}
