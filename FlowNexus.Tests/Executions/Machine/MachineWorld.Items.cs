using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>What is around loops and other executions.</summary>
internal sealed partial class MachineWorld
{
    private const int Itself = -1;
    private readonly HashSet<(int Step, int Item, int Attempt)> _items = [];
    private readonly Dictionary<(int Step, int Item, int Attempt), bool> _children = [];
    private readonly Queue<MachineDecision.EvaluateItems> _batches = new();
    private readonly Dictionary<int, int> _counts = [];

    private int CountOf(int step) => _counts.TryGetValue(step, out var count) ? count : _counts[step] = _dice.Roll(6);

    private void CarryParts(MachineDecision decision)
    {
        switch (decision)
        {
            case MachineDecision.StartChild child:
                _children.TryAdd((child.Step, child.Item, child.Attempt), false);
                break;
            case MachineDecision.RunItem run:
                Assert.True(_items.Add((run.Step, run.Item, run.Attempt)), "An attempt of an item runs twice.");
                break;
            case MachineDecision.AbandonItem abandon:
                _items.Remove((abandon.Step, abandon.Item, abandon.Attempt));
                _children.Remove((abandon.Step, abandon.Item, abandon.Attempt));
                break;
            case MachineDecision.EvaluateItems batch:
                _batches.Enqueue(batch);
                break;
            case MachineDecision.Gather gather:
                _items.Add((gather.Step, Itself, gather.Attempt));
                break;
        }
    }

    private void AbandonItems(int step)
    {
        _items.RemoveWhere(item => item.Step == step);
        foreach (var child in _children.Keys.Where(child => child.Step == step).ToList()) _children.Remove(child);
    }

    /// <summary>Executions live on when the process is gone; what ran in it does not.</summary>
    private void ForgetItems()
    {
        _items.Clear();
        _batches.Clear();
        foreach (var child in _children.Where(child => !child.Value).Select(child => child.Key).ToList()) _children.Remove(child);
    }

    private void DisturbItems()
    {
        if (_items.Count > 0 && _dice.Chance(2)) EndItem(_dice.Pick([.. _items]), _dice.Chance(3) ? Trouble : null);
        else if (_children.Count > 0) MoveChild(_dice.Pick([.. _children.Keys]), _dice.Chance(3) ? Trouble : null);
    }

    private void SettleItems()
    {
        if (_items.Count > 0) EndItem(_items.First(), null);
        else MoveChild(_children.Keys.First(), null);
    }

    private void EndItem((int Step, int Item, int Attempt) item, Problem? problem)
    {
        _items.Remove(item);
        if (item.Item == Itself) Apply(new MachineInput.AttemptCompleted(item.Step, item.Attempt, null, Now));
        else Apply(new MachineInput.ItemEnded(item.Step, item.Item, item.Attempt, problem, _dice.Chance(2), 0.5, Now));
    }

    /// <summary>First it is accepted, then it ends; now and then the news of its end is faster.</summary>
    private void MoveChild((int Step, int Item, int Attempt) child, Problem? problem)
    {
        if (!_children[child] && !_dice.Chance(5))
        {
            _children[child] = true;
            Apply(new MachineInput.ChildStarted(child.Step, child.Attempt, child.Item, $"exec_{child}", Now));
            return;
        }

        _children.Remove(child);
        if (child.Item != Itself) Apply(new MachineInput.ItemEnded(child.Step, child.Item, child.Attempt, problem, true, 0.5, Now));
        else if (problem is null) Apply(new MachineInput.AttemptCompleted(child.Step, child.Attempt, null, Now) { ChildId = $"exec_{child}" });
        else Apply(new MachineInput.AttemptFailed(child.Step, child.Attempt, problem, true, 0.5, Now));
    }

    private void Evaluate(MachineDecision.EvaluateItems batch) => Apply(new MachineInput.ItemsEvaluated(
        batch.Step, batch.Attempt, batch.First, [.. Enumerable.Range(0, batch.Count).Select(_ => _dice.Chance(6) ? Trouble : null)], Now));

    private void CheckItems(List<(StepState Step, int Index)> live)
    {
        foreach (var ended in Events.Where(one => one.Type is MachineEventType.ItemsCompleted or MachineEventType.ItemFailed).SelectMany(one => Enumerable.Range(one.Item, one.Through - one.Item + 1).Select(item => (one.Step, item))).GroupBy(one => one))
            Assert.Single(ended);
        foreach (var (step, index) in live)
        {
            if (step is not { Status: StepStatus.InProgress, Loop: { } loop } || Plan.Steps[index].Loop is not { } plan) continue;
            Assert.True(loop.InFlight.Count(item => item.Status != ItemStatus.Open) <= plan.Concurrency, "More items run than may.");
            Assert.True(loop.Done <= loop.Count && loop.Next <= loop.Count, "A loop did more than there was.");
            var running = loop.InFlight.Where(item => item.Status == ItemStatus.Running && plan.Body.Kind == StepKind.Effect).Select(item => (index, item.Index, item.Attempt));
            Assert.Equal(running, _items.Where(item => item.Step == index && item.Item != Itself).Order());
            var due = loop.InFlight.Min(item => item.DueAt);
            if (due is not null && due > Now) Assert.Equal(due, _timers[(TimerKind.Items, index)].DueAt);
        }
    }
}
