using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Executions.Machine;

/// <summary>The table of <c>docs/failures.md</c>, row by row.</summary>
public sealed class FailurePrecedenceTests
{
    [Theory]
    [InlineData(1, true, 1, true, FailureMode.Pause, true, 0, false, "StepRetrying")]
    [InlineData(1, true, 1, true, FailureMode.Pause, true, 1, false, "StepRetrying fallback")]
    [InlineData(1, true, 1, true, FailureMode.Pause, false, 0, false, "StepRetrying fallback")]
    [InlineData(1, true, 1, true, FailureMode.Pause, true, 1, true, "StepReopened")]
    [InlineData(0, false, 0, true, FailureMode.Pause, true, 0, false, "StepFailed")]
    [InlineData(0, false, 1, true, FailureMode.Pause, false, 0, false, "StepFailed")]
    [InlineData(0, false, 0, false, FailureMode.Continue, true, 0, false, "StepFailed")]
    [InlineData(0, false, 0, false, FailureMode.Pause, true, 0, false, "StepHeld")]
    [InlineData(0, false, 0, false, FailureMode.Fail, true, 0, false, "StepFailed")]
    public void Failure_LeadsToTheFirstRowThatApplies(int retries, bool fallback, int maxRetries, bool handled, FailureMode mode, bool retryable, int failures, bool fallbackUsed, string expected)
    {
        var plan = Plans.Of(4, maxRetries, [PlannedStep.Agent("a", []) with { Retries = retries, Fallback = fallback ? "coder" : null, OnError = handled ? "h" : null }, new PlannedStep("h") { DependsOn = [] }], onFailure: mode);
        var state = ExecutionState.New(2) with { Status = ExecutionStatus.Running };
        state.Steps[0] = new StepState { Status = StepStatus.InProgress, Attempt = 1, AgentId = "one", Failures = failures, FallbackUsed = fallbackUsed };
        var result = ExecutionMachine.Apply(plan, state, new MachineInput.AttemptFailed(0, 1, new Problem("STEP_FAILED", "no"), retryable, 0, DateTimeOffset.UnixEpoch));
        Assert.Equal(expected, $"{result.Events[0].Type}{(result.Events[0].Fallback ? " fallback" : "")}");
        Assert.Equal(expected == "StepFailed" && !handled && mode == FailureMode.Fail, result.State.Status == ExecutionStatus.Failed);
    }

    [Fact]
    public void Continue_RunsWhatDependsOnTheFailedStep_AndCompletesNamingIt()
    {
        var run = new MachineRun(Plans.Of(4, 0, [new PlannedStep("a") { DependsOn = [] }, new PlannedStep("b") { DependsOn = ["a"] }], onFailure: FailureMode.Continue)).Start();
        run.Fail(0).Complete(1);
        Assert.Equal("failed completed", run.Statuses);
        Assert.Equal((ExecutionStatus.Completed, "failed steps: a"), (run.State.Status, run.Events[^1].Reason));
        Assert.Equal(1, run.State.Progress);
    }

    [Fact]
    public void Continue_AfterAFailedCondition_TakesNoBranch()
    {
        var plan = Plans.Of(4, 0, [new PlannedStep("a") { DependsOn = [], Branches = [new("x", "b", null)] }, new PlannedStep("b") { DependsOn = [] }], onFailure: FailureMode.Continue);
        Assert.Equal("failed skipped", new MachineRun(plan).Start().Fail(0).Statuses);
    }

    [Fact]
    public void Pause_HoldsTheFailedStep_AndResumeBeginsItAnew()
    {
        var run = new MachineRun(Plans.Of(4, 0, [new PlannedStep("a") { DependsOn = [], Retries = 1 }, new PlannedStep("b") { DependsOn = ["a"] }], onFailure: FailureMode.Pause)).Start();
        run.Fail(0).Ring(TimerKind.Retry, 0).Fail(0);
        Assert.Equal((ExecutionStatus.Paused, WaitReason.Resume), (run.State.Status, run.State.Steps[0].Wait));
        Assert.Equal("Step \"a\" failed: no", run.Events[^1].Reason);
        run.Take(new MachineInput.Resume("u", run.Now));
        Assert.Equal((StepStatus.InProgress, 3, 0), (run.State.Steps[0].Status, run.State.Steps[0].Attempt, run.State.Steps[0].Failures));
        run.Complete(0).Complete(1);
        Assert.Equal(ExecutionStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Pause_LetsOthersFinish_AndCanBeCancelled()
    {
        var run = new MachineRun(Plans.Of(4, 0, [new PlannedStep("a") { DependsOn = [] }, new PlannedStep("b") { DependsOn = [] }, new PlannedStep("c") { DependsOn = ["b"] }], onFailure: FailureMode.Pause)).Start();
        run.Fail(0).Complete(1);
        Assert.Equal("waiting completed pending", run.Statuses);
        run.Take(new MachineInput.Cancel("u", null, TimeSpan.Zero, run.Now));
        Assert.Equal((ExecutionStatus.Cancelled, "cancelled completed cancelled"), (run.State.Status, run.Statuses));
    }

    [Fact]
    public void ErrorTarget_RunsOnlyAfterFailure_AndWhatFollowsTheFailedStepIsSkipped()
    {
        var plan = Plans.Of(
            new PlannedStep("a") { DependsOn = [], OnError = "tidy" },
            new PlannedStep("after") { DependsOn = ["a"] },
            new PlannedStep("tidy") { DependsOn = [] },
            new PlannedStep("join") { DependsOn = ["after", "tidy"] });
        var failed = new MachineRun(plan).Start().Fail(0).Complete(2).Complete(3);
        Assert.Equal((ExecutionStatus.Completed, "failed skipped completed completed"), (failed.State.Status, failed.Statuses));
        var succeeded = new MachineRun(plan).Start().Complete(0).Complete(1).Complete(3);
        Assert.Equal((ExecutionStatus.Completed, "completed completed skipped completed"), (succeeded.State.Status, succeeded.Statuses));
    }

    [Fact]
    public void ErrorTarget_ThatFails_FailsTheExecution()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { DependsOn = [], OnError = "tidy" }, new PlannedStep("tidy") { DependsOn = [] })).Start().Fail(0).Fail(1);
        Assert.Equal((ExecutionStatus.Failed, "failed failed"), (run.State.Status, run.Statuses));
    }

    [Fact]
    public void LostForGood_NeverGoesToTheFallback()
    {
        var run = new MachineRun(Plans.Of(PlannedStep.Agent("a", []) with { FailWhenLost = true, Fallback = "coder" })).Start().Assign(0, "one");
        run.Take(new MachineInput.Recovered(run.Now));
        Assert.Equal((ExecutionStatus.Failed, "STEP_LOST"), (run.State.Status, run.Events[^1].Problem!.Code));
    }
}
