using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Executions.Machine;

/// <summary>Loops: items begin in order as far as places go, each retried by itself.</summary>
internal sealed partial class MachineTurn
{
    private readonly HashSet<int> _itemTimersRang = [];

    private void StartLoop(MachineInput.LoopStarted loop)
    {
        if (_steps[loop.Step].Loop is { } before && before.Count != loop.Count)
        {
            var problem = new Problem(ProblemCodes.StepFailed, $"Step \"{plan.Graph.Steps[loop.Step].Name}\" had {before.Count} items when it began and has {loop.Count} now, so it cannot go on where it stopped.");
            Fail(loop.Step, problem, retryable: false, 0, loop.At, MachineEventType.StepFailed);
            return;
        }

        Emit(new MachineEvent(MachineEventType.LoopStarted, loop.At) { Step = loop.Step, Attempt = loop.Attempt, Count = loop.Count });
        _decisions.Add(new MachineDecision.SetTimer(TimerKind.StepTimeout, loop.Step, loop.Attempt, loop.At + plan.Steps[loop.Step].Timeout));
        Continue(loop.Step, loop.At);
    }

    /// <summary>Begins items that have a place; called when nothing is paused.</summary>
    private void AdvanceLoops(DateTimeOffset at)
    {
        for (var step = 0; step < _steps.Length; step++)
        {
            if (_steps[step] is not { Status: StepStatus.InProgress, Loop: not null } || plan.Steps[step].Loop is not { Body.Kind: not StepKind.Pure } body) continue;
            while (_steps[step].Loop is { } loop)
            {
                var free = body.Concurrency - loop.InFlight.Count(item => item.Status != ItemStatus.Open && !IsDue(item, at));
                if (free <= 0 || loop.Succeeded >= plan.Steps[step].Loop!.Enough) break;
                if (loop.InFlight.FirstOrDefault(item => item.Status == ItemStatus.Open || IsDue(item, at)) is { } again) BeginItems(step, again.Index, again.Index, again.Attempt + 1, at);
                else if (loop.Next < loop.Count) BeginItems(step, loop.Next, Math.Min(loop.Count, loop.Next + free) - 1, 1, at);
                else break;
            }
        }
    }

    private static bool IsDue(ItemState item, DateTimeOffset at) => item.Status == ItemStatus.Retrying && item.DueAt <= at;

    private void BeginItems(int step, int first, int last, int attempt, DateTimeOffset at)
    {
        var body = plan.Steps[step].Loop!.Body;
        Emit(new MachineEvent(MachineEventType.ItemsStarted, at) { Step = step, Item = first, Through = last, Attempt = attempt, DueAt = at + body.Timeout });
        for (var item = first; item <= last; item++)
            _decisions.Add(body.Kind == StepKind.Child ? new MachineDecision.StartChild(step, attempt, item) : new MachineDecision.RunItem(step, item, attempt));
    }

    private void TakeItems(MachineInput.ItemsEvaluated items)
    {
        if (_steps[items.Step].Loop?.Next != items.First) return;
        var first = items.First;
        for (var i = 0; i <= items.Outcomes.Count; i++)
        {
            var index = items.First + i;
            var problem = i < items.Outcomes.Count ? items.Outcomes[i] : null;
            if (problem is null && i < items.Outcomes.Count) continue;
            if (index > first) Emit(new MachineEvent(MachineEventType.ItemsCompleted, items.At) { Step = items.Step, Item = first, Through = index - 1, Attempt = 1 });
            if (problem is null) break;
            if (FailsWith(items.Step, index, 1, problem, false, 0, items.At)) return;
            first = index + 1;
        }

        Continue(items.Step, items.At);
    }

    private void EndItem(MachineInput.ItemEnded ended)
    {
        if (RunningItem(ended.Step, ended.Item, ended.Attempt) is not { } item)
        {
            Emit(new MachineEvent(MachineEventType.AttemptDiscarded, ended.At) { Step = ended.Step, Item = ended.Item, Through = ended.Item, Attempt = ended.Attempt, Reason = ended.Problem is null ? "completed" : "failed" });
            return;
        }

        if (ended.Problem is null) Emit(new MachineEvent(MachineEventType.ItemsCompleted, ended.At) { Step = ended.Step, Item = ended.Item, Through = ended.Item, Attempt = ended.Attempt });
        else if (FailItem(ended.Step, item, ended.Problem, ended.Retryable, ended.Jitter, ended.At)) return;
        if (ended.IsLast && _steps[ended.Step] is { Status: StepStatus.InProgress, Loop: { IsDone: false } } state)
            Emit(new MachineEvent(MachineEventType.ItemsLeftOut, ended.At) { Step = ended.Step, Attempt = state.Attempt });
        Continue(ended.Step, ended.At);
    }

    private void CompleteLoop(MachineInput.CompleteLoop complete)
    {
        var attempt = _steps[complete.Step].Attempt;
        _decisions.Add(new MachineDecision.Abandon(complete.Step, attempt));
        Emit(new MachineEvent(MachineEventType.ItemsLeftOut, complete.At) { Step = complete.Step, Attempt = attempt, By = complete.By });
        Continue(complete.Step, complete.At);
    }

    /// <summary>Retries the item or lets it fail; true when that failed the step.</summary>
    private bool FailItem(int step, ItemState item, Problem problem, bool retryable, double jitter, DateTimeOffset at)
    {
        var body = plan.Steps[step].Loop!.Body;
        if (!retryable || item.Failures >= body.RetryAttempts) return FailsWith(step, item.Index, item.Attempt, problem, retryable, jitter, at);
        Emit(new MachineEvent(MachineEventType.ItemRetrying, at) { Step = step, Item = item.Index, Through = item.Index, Attempt = item.Attempt, Problem = problem, DueAt = at + Backoff(body, item.Failures, jitter) });
        return false;
    }

    private bool FailsWith(int step, int item, int attempt, Problem problem, bool retryable, double jitter, DateTimeOffset at)
    {
        if (!plan.Steps[step].Loop!.FailsOnItem)
        {
            Emit(new MachineEvent(MachineEventType.ItemFailed, at) { Step = step, Item = item, Through = item, Attempt = attempt, Problem = problem });
            return false;
        }

        _decisions.Add(new MachineDecision.Abandon(step, _steps[step].Attempt));
        var facts = problem.Facts?.DeepClone().AsObject() ?? [];
        facts["item"] = item;
        Fail(step, problem with { Message = $"Item {item}: {problem.Message}", Facts = facts }, retryable, jitter, at, MachineEventType.StepFailed);
        return true;
    }

    private void RingItems(MachineInput.TimerDue due)
    {
        _itemTimersRang.Add(due.Step);
        var name = plan.Graph.Steps[due.Step].Name;
        foreach (var item in _steps[due.Step].Loop?.InFlight ?? [])
        {
            if (item.Status is not (ItemStatus.Running or ItemStatus.Child) || item.DueAt > due.At) continue;
            _decisions.Add(new MachineDecision.AbandonItem(due.Step, item.Index, item.Attempt));
            var problem = new Problem(ProblemCodes.StepTimeout, $"An item of step \"{name}\" did not finish within its timeout of {plan.Steps[due.Step].Loop!.Body.Timeout.TotalSeconds} s.");
            if (FailItem(due.Step, item, problem, true, due.Jitter, due.At)) return;
        }

        Continue(due.Step, due.At);
    }

    /// <summary>What ran is lost and begins anew; what another execution does is still being done.</summary>
    private void RecoverLoop(int step, DateTimeOffset at)
    {
        var body = plan.Steps[step].Loop!.Body;
        foreach (var item in _steps[step].Loop?.InFlight ?? [])
        {
            if (item.Status != ItemStatus.Running) continue;
            if (body.Kind == StepKind.Child)
            {
                _decisions.Add(new MachineDecision.StartChild(step, item.Attempt, item.Index));
            }
            else if (!body.FailWhenLost && item.Lost < ExecutionMachine.MaxLost)
            {
                Emit(new MachineEvent(MachineEventType.ItemLost, at) { Step = step, Item = item.Index, Through = item.Index, Attempt = item.Attempt });
            }
            else
            {
                var problem = new Problem(ProblemCodes.StepLost, $"The process that ran an item of step \"{plan.Graph.Steps[step].Name}\" ended {item.Lost + 1} time(s) before the item did.");
                if (FailsWith(step, item.Index, item.Attempt, problem, false, 0, at)) return;
            }
        }

        Continue(step, at);
    }

    private void ContinueBatches(DateTimeOffset at)
    {
        for (var step = 0; step < _steps.Length; step++)
            if (_steps[step] is { Status: StepStatus.InProgress, Loop: not null } && plan.Steps[step].Loop?.Body.Kind == StepKind.Pure) Continue(step, at);
    }

    /// <summary>Asks for what the loop needs next of the outside: its output when it is done, the next batch when its body is pure.</summary>
    private void Continue(int step, DateTimeOffset at)
    {
        if (_steps[step] is { Status: StepStatus.InProgress, Loop: { IsDone: false } some } && some.Succeeded >= plan.Steps[step].Loop!.Enough)
        {
            var goesOn = plan.Steps[step].Loop!.RestRuns;

            // Whatever was begun must be known before it can be let go.
            if (goesOn && some.InFlight.Any(item => item.Status == ItemStatus.Running)) return;
            if (goesOn) _decisions.AddRange(some.InFlight.Select(item => item.ChildId).OfType<string>().Select(child => new MachineDecision.ReleaseChild(child)));
            else _decisions.Add(new MachineDecision.Abandon(step, _steps[step].Attempt));
            Emit(new MachineEvent(MachineEventType.ItemsLeftOut, at) { Step = step, Attempt = _steps[step].Attempt });
        }

        if (_steps[step] is not { Status: StepStatus.InProgress, Loop: { } loop } state) return;
        if (loop.IsDone) _decisions.Add(new MachineDecision.Gather(step, state.Attempt));
        else if (plan.Steps[step].Loop!.Body.Kind == StepKind.Pure && _state.Status != ExecutionStatus.Paused && MayBegin)
            _decisions.Add(new MachineDecision.EvaluateItems(step, state.Attempt, loop.Next, Math.Min(LoopPlan.Batch, loop.Count - loop.Next)));
    }

    private ItemState? RunningItem(int step, int item, int attempt) =>
        _steps[step] is { Status: StepStatus.InProgress, Loop: { } loop } && loop.TryGet(item) is { Status: ItemStatus.Running or ItemStatus.Child } found && found.Attempt == attempt ? found : null;

    /// <summary>One timer per loop, for whichever of its items is due first.</summary>
    private void SetItemTimers()
    {
        for (var step = 0; step < _steps.Length; step++)
        {
            if (plan.Steps[step].Kind != StepKind.Loop) continue;
            var due = FirstDue(_steps[step]);
            if (due == FirstDue(_before[step]) && !_itemTimersRang.Contains(step)) continue;
            _decisions.Add(due is { } at ? new MachineDecision.SetTimer(TimerKind.Items, step, _steps[step].Attempt, at) : new MachineDecision.ClearTimer(TimerKind.Items, step));
        }
    }

    private static DateTimeOffset? FirstDue(StepState step) =>
        step is { Status: StepStatus.InProgress, Loop.InFlight: { Count: > 0 } items } ? items.Min(item => item.DueAt) : null;
}
