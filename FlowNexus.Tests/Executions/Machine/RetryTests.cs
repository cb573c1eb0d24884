using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class RetryTests
{
    [Fact]
    public void Failures_SpendRetriesThenTheFallbackThenMaxRetries_ThenFail()
    {
        var run = new MachineRun(Plans.Of(1, 1, [PlannedStep.Agent("a", []) with { Retries = 1, Fallback = "coder" }])).Start();
        run.Assign(0, "one").Fail(0).Ring(TimerKind.Retry, 0);
        run.Assign(0, "one").Fail(0);
        run.Assign(0, "two").Fail(0);
        run.Assign(0, "two").Fail(0).Ring(TimerKind.Retry, 0);
        run.Assign(0, "two").Fail(0);

        Assert.Equal([null, null, "coder", "coder", "coder"], run.Decided<MachineDecision.Request>(0).Select(request => request.AgentType));
        Assert.Equal(
            [MachineEventType.StepRetrying, MachineEventType.StepRetrying, MachineEventType.StepReopened, MachineEventType.StepRetrying, MachineEventType.StepFailed],
            run.Types(0).Where(type => type is MachineEventType.StepRetrying or MachineEventType.StepReopened or MachineEventType.StepFailed));
        Assert.Equal(ExecutionStatus.Failed, run.State.Status);
        Assert.Equal(5, run.State.Steps[0].Attempt);
    }

    [Theory]
    [InlineData(0, 0.5)]
    [InlineData(1, 1)]
    public void Backoff_DoublesAndIsJitteredOverItsUpperHalf(double jitter, double first)
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { Retries = 3 })).Start();
        List<double> waits = [];
        for (var i = 0; i < 3; i++)
        {
            var failed = run.Now;
            run.Fail(0, jitter: jitter);
            waits.Add((run.State.Steps[0].DueAt!.Value - failed).TotalSeconds);
            run.Ring(TimerKind.Retry, 0);
        }

        Assert.Equal([first, first * 2, first * 4], waits);
    }

    [Fact]
    public void FinalFailure_SpendsNoRetry()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { Retries = 3 }, new PlannedStep("b"))).Start().Fail(0, retryable: false);
        Assert.Equal("failed skipped", run.Statuses);
        Assert.Equal(ExecutionStatus.Failed, run.State.Status);
    }

    [Fact]
    public void Retry_WithDifferentAgent_ExcludesThoseThatTried()
    {
        var run = new MachineRun(Plans.Of(1, 0, [PlannedStep.Agent("a", []) with { Retries = 1 }], differentAgent: true)).Start();
        run.Assign(0, "one").Fail(0).Ring(TimerKind.Retry, 0);
        Assert.Equal([false, true], run.Decided<MachineDecision.Request>(0).Select(request => request.DifferentAgent));
    }

    [Fact]
    public void RetryTimer_ThatRingsEarly_IsSetAgain()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { Retries = 1 })).Start().Fail(0);
        var due = run.State.Steps[0].DueAt!.Value;
        run.Take(new MachineInput.TimerDue(TimerKind.Retry, 0, 1, 0, due - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(StepStatus.Waiting, run.State.Steps[0].Status);
        Assert.Equal(due, run.Decided<MachineDecision.SetTimer>(0)[^1].DueAt);
    }

    [Fact]
    public void LostAttempt_IsRepeatedThreeTimesWithoutSpendingRetries()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("a") { Retries = 1 })).Start();
        for (var i = 0; i < 3; i++) run.Take(new MachineInput.Recovered(run.Now));
        Assert.Equal((StepStatus.InProgress, 4, 0), (run.State.Steps[0].Status, run.State.Steps[0].Attempt, run.State.Steps[0].Failures));
        run.Take(new MachineInput.Recovered(run.Now));
        Assert.Equal(ExecutionStatus.Failed, run.State.Status);
        Assert.Equal("STEP_LOST", run.Events[^1].Problem!.Code);
    }

    [Fact]
    public void LostAttempt_OfAStepThatMustRunAtMostOnce_FailsIt() =>
        Assert.Equal("failed", new MachineRun(Plans.Of(new PlannedStep("a") { FailWhenLost = true })).Start().Take(new MachineInput.Recovered(DateTimeOffset.UnixEpoch)).Statuses);

    [Fact]
    public void RefusedRequest_FailsTheStepWithoutRunningIt()
    {
        var run = new MachineRun(Plans.Of(PlannedStep.Agent("a", []))).Start().Fail(0, retryable: false);
        Assert.Equal("failed", run.Statuses);
        Assert.Empty(run.Decided<MachineDecision.Run>(0));
    }
}
