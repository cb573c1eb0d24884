using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>One execution fed by hand; pure steps complete at once with the branch the test names.</summary>
internal sealed class MachineRun(ExecutionPlan plan)
{
    public ExecutionState State { get; private set; } = ExecutionState.New(plan.Steps.Count);

    public List<MachineEvent> Events { get; } = [];

    public List<MachineDecision> Decisions { get; } = [];

    public Dictionary<int, string> Branches { get; } = [];

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

    public string Statuses => string.Join(' ', State.Steps.Select(step => step.Status.Word()));

    public MachineRun Start() => Take(new MachineInput.Start(Now));

    public MachineRun Complete(int step) => Take(new MachineInput.AttemptCompleted(step, State.Steps[step].Attempt, null, Now));

    public MachineRun Fail(int step, bool retryable = true, double jitter = 1) =>
        Take(new MachineInput.AttemptFailed(step, State.Steps[step].Attempt, new Problem("STEP_FAILED", "no"), retryable, jitter, Now));

    public MachineRun Assign(int step, string agent) => Take(new MachineInput.AttemptStarted(step, State.Steps[step].Attempt, agent, Now));

    /// <summary>The latest timer of a step comes due.</summary>
    public MachineRun Ring(TimerKind kind, int step)
    {
        var timer = Decisions.OfType<MachineDecision.SetTimer>().Last(set => set.Kind == kind && set.Step == step);
        Now = timer.DueAt;
        return Take(new MachineInput.TimerDue(kind, step, timer.Attempt, 1, Now));
    }

    public MachineRun Take(params IReadOnlyList<MachineInput> inputs)
    {
        while (inputs.Count > 0)
        {
            var result = ExecutionMachine.Apply(plan, State, inputs);
            State = result.State;
            Events.AddRange(result.Events);
            Decisions.AddRange(result.Decisions);
            inputs = [.. result.Decisions.OfType<MachineDecision.Evaluate>().Select(pure => new MachineInput.AttemptCompleted(pure.Step, pure.Attempt, Branches.GetValueOrDefault(pure.Step), Now))];
        }

        return this;
    }

    public IReadOnlyList<T> Decided<T>(int step) where T : MachineDecision => [.. Decisions.OfType<T>().Where(decision => decision switch
    {
        MachineDecision.Run run => run.Step == step,
        MachineDecision.Request request => request.Step == step,
        MachineDecision.SetTimer timer => timer.Step == step,
        MachineDecision.Signal signal => signal.Step == step,
        MachineDecision.Abandon abandon => abandon.Step == step,
        _ => false,
    })];

    public IEnumerable<MachineEventType> Types(int step) => Events.Where(happened => happened.Step == step).Select(happened => happened.Type);
}
