using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class InterruptionTests
{
    [Fact]
    public void StepTimeout_AbandonsTheAttempt_AndItsLateResultIsDiscarded()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a"))).Start().Ring(TimerKind.StepTimeout, 0);
        Assert.Equal("timed_out", run.Statuses);
        Assert.Equal(ExecutionStatus.Failed, run.State.Status);
        Assert.Single(run.Decided<MachineDecision.Abandon>(0));

        run.Take(new MachineInput.AttemptCompleted(0, 1, null, run.Now));
        Assert.Equal(MachineEventType.AttemptDiscarded, run.Events[^1].Type);
        Assert.Equal("timed_out", run.Statuses);
    }

    [Fact]
    public void ExecutionTimeout_AloneMakesTheExecutionTimedOut()
    {
        var run = new MachineRun(Plans.Of(2, 0, [new PlannedStep("a") { DependsOn = [] }, new PlannedStep("b") { DependsOn = ["a"] }], TimeSpan.FromSeconds(5))).Start();
        run.Ring(TimerKind.ExecutionTimeout, -1);
        Assert.Equal(ExecutionStatus.TimedOut, run.State.Status);
        Assert.Equal("cancelled cancelled", run.Statuses);
    }

    [Fact]
    public void Cancel_StopsWhatRunsAndWhatWaits()
    {
        var run = new MachineRun(Plans.Of(3, 0, [new PlannedStep("a") { DependsOn = [] }, PlannedStep.Agent("b", []), new PlannedStep("c") { DependsOn = ["a"] }])).Start();
        run.Take(new MachineInput.Cancel("u", "enough", TimeSpan.Zero, run.Now));
        Assert.Equal("cancelled cancelled cancelled", run.Statuses);
        Assert.Equal((ExecutionStatus.Cancelled, "u", "enough"), (run.State.Status, run.Events[^1].By, run.Events[^1].Reason));
        Assert.Single(run.Decided<MachineDecision.Abandon>(0));
        Assert.Single(run.Decided<MachineDecision.Abandon>(1));
        Assert.True(run.State.Progress < 1);
    }

    [Fact]
    public void Pause_LetsWhatRunsFinish_AndStartsNothingUntilResumed()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a"), new PlannedStep("b"))).Start();
        run.Take(new MachineInput.Pause("u", null, run.Now)).Complete(0);
        Assert.Equal("completed pending", run.Statuses);
        Assert.Equal(ExecutionStatus.Paused, run.State.Status);
        run.Take(new MachineInput.Resume("u", run.Now));
        Assert.Equal("completed in_progress", run.Statuses);
    }

    [Fact]
    public void Pause_TakesWhatWaitsForAnAgentOutOfItsLine_AndResumeAsksAgain()
    {
        var run = new MachineRun(Plans.Of(PlannedStep.Agent("a", []))).Start();
        run.Take(new MachineInput.Pause("u", null, run.Now));
        Assert.Single(run.Decided<MachineDecision.Abandon>(0));
        run.Assign(0, "one");
        Assert.Equal("waiting", run.Statuses);
        Assert.Empty(run.Decided<MachineDecision.Run>(0));
        run.Take(new MachineInput.Resume("u", run.Now)).Assign(0, "one");
        Assert.Equal("in_progress", run.Statuses);
    }

    [Fact]
    public void PausedSystem_LetsWhatRunsFinish_AndBeginsTheRestLater()
    {
        var plan = Plans.Of(new PlannedStep("a") { DependsOn = [] }, new PlannedStep("b") { DependsOn = ["a"] });
        var state = ExecutionMachine.Apply(plan, ExecutionState.New(2), new MachineInput.Start(DateTimeOffset.UnixEpoch)).State;
        state = ExecutionMachine.Apply(plan, state, mayBegin: false, [new MachineInput.AttemptCompleted(0, 1, null, DateTimeOffset.UnixEpoch)]).State;
        Assert.Equal((ExecutionStatus.Running, StepStatus.Completed, StepStatus.Pending), (state.Status, state.Steps[0].Status, state.Steps[1].Status));
        state = ExecutionMachine.Apply(plan, state, new MachineInput.Continue(DateTimeOffset.UnixEpoch)).State;
        Assert.Equal(StepStatus.InProgress, state.Steps[1].Status);
    }

    [Fact]
    public void CancelWithGrace_NeitherRetriesNorHandles_AndEndsWithTheLastAttempt()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { DependsOn = [], Retries = 3, OnError = "h" }, new PlannedStep("h") { DependsOn = [] })).Start();
        run.Take(new MachineInput.Cancel("u", "enough", TimeSpan.FromSeconds(10), run.Now));
        Assert.Equal((ExecutionStatus.Running, "in_progress cancelled"), (run.State.Status, run.Statuses));
        Assert.Single(run.Decided<MachineDecision.Signal>(0));
        run.Fail(0);
        Assert.Equal((ExecutionStatus.Cancelled, "cancelled cancelled", "u", "enough"), (run.State.Status, run.Statuses, run.Events[^1].By, run.Events[^1].Reason));
    }

    [Fact]
    public void StartOfAnAttempt_ToldTwice_DoesNotStopIt()
    {
        var run = new MachineRun(Plans.Of(PlannedStep.Agent("a", []))).Start().Assign(0, "one").Assign(0, "one");
        Assert.Empty(run.Decided<MachineDecision.Abandon>(0));
        Assert.Single(run.Decided<MachineDecision.Run>(0));
        Assert.Equal("in_progress", run.Statuses);
    }

    [Fact]
    public void OnlyDelays_ShowTheExecutionWaiting()
    {
        var plan = Plans.Of(new PlannedStep("a") { Kind = StepKind.Delay });
        var result = ExecutionMachine.Apply(plan, ExecutionState.New(1), new MachineInput.Start(DateTimeOffset.UnixEpoch));
        result = ExecutionMachine.Apply(plan, result.State, new MachineInput.DelayStarted(0, 1, DateTimeOffset.UnixEpoch.AddSeconds(1), DateTimeOffset.UnixEpoch));
        Assert.Equal(ExecutionStatus.Waiting, result.State.Status);
        result = ExecutionMachine.Apply(plan, result.State, new MachineInput.TimerDue(TimerKind.Delay, 0, 1, 0, DateTimeOffset.UnixEpoch.AddSeconds(1)));
        Assert.Equal(ExecutionStatus.Completed, result.State.Status);
        Assert.Equal(1, result.State.Progress);
    }
}
