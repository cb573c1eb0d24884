using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class SignalTests
{
    [Fact]
    public void Signal_ThatSeveralStepsWaitFor_GoesToTheFirstInOrder()
    {
        var run = new MachineRun(Plans.Of(Waiting("a", []), Waiting("b", []))).Start();
        Assert.Equal((SignalOutcome.Delivered, 0), Send(run, "go"));
        Assert.Equal("completed waiting", run.Statuses);
        Assert.Equal((SignalOutcome.Delivered, 1), Send(run, "go"));
        Assert.Equal(ExecutionStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Signals_ThatCameEarly_AreTakenInOrderAndCarryOnAtOnce()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("x") { DependsOn = [] }, Waiting("a", ["x"]), Waiting("b", ["a"]), PlannedStep.Pure("c", "b"))).Start();
        Assert.Equal((SignalOutcome.Kept, -1), Send(run, "go"));
        Assert.Equal((SignalOutcome.Kept, -1), Send(run, "go"));
        run.Complete(0);
        Assert.Equal(ExecutionStatus.Completed, run.State.Status);
        Assert.Equal([1, 2], run.State.Inbox.Signals.Select(signal => signal.TakenBy));
    }

    [Fact]
    public void Signal_ThatIsNotKept_ChangesNothing()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("x") { DependsOn = [] }, Waiting("a", ["x"]) with { KeepsEarly = false })).Start();
        var events = run.Events.Count;
        Assert.Equal((SignalOutcome.Ignored, -1), Send(run, "go"));
        Assert.Equal(events, run.Events.Count);
        run.Complete(0);
        Assert.Equal("completed waiting", run.Statuses);
    }

    [Fact]
    public void Signal_WithAKeyThatCameBefore_CountsOnce()
    {
        var run = new MachineRun(Plans.Of(Waiting("a", []), Waiting("b", []))).Start();
        Send(run, "go", "k");
        Assert.Equal((SignalOutcome.Known, 0), Send(run, "go", "k"));
        Assert.Equal("completed waiting", run.Statuses);
    }

    [Fact]
    public void Signals_ThatNobodyTakes_AreBounded()
    {
        var run = new MachineRun(Plans.Of(new PlannedStep("x") { DependsOn = [] }, Waiting("a", ["x"]))).Start();
        for (var i = 0; i < SignalInbox.MaxKept; i++) Assert.Equal((SignalOutcome.Kept, -1), Send(run, "go"));
        Assert.Equal((SignalOutcome.Full, -1), Send(run, "go"));
    }

    [Fact]
    public void Wait_ThatTakesTooLong_TimesOutAndMayBeRepeated()
    {
        var run = new MachineRun(Plans.Of(Waiting("a", []) with { Retries = 1 })).Start().Ring(TimerKind.StepTimeout, 0);
        Assert.Equal((SignalOutcome.Kept, -1), Send(run, "go"));
        run.Ring(TimerKind.Retry, 0);
        Assert.Equal(ExecutionStatus.Completed, run.State.Status);
    }

    [Fact]
    public void Signal_ForStepsThatHaveEnded_IsRefused()
    {
        var run = new MachineRun(Plans.Of(Waiting("a", []), new PlannedStep("x") { DependsOn = [] })).Start();
        Send(run, "go");
        Assert.Equal((SignalOutcome.NobodyWaits, -1), Send(run, "go"));
    }

    [Fact]
    public void WaitingStep_HoldsNoPlace()
    {
        var run = new MachineRun(Plans.Of(1, 0, [Waiting("a", []), new PlannedStep("x") { DependsOn = [] }])).Start();
        Assert.Equal("waiting in_progress", run.Statuses);
        Assert.Equal(ExecutionStatus.Waiting, run.Complete(1).State.Status);
    }

    private static PlannedStep Waiting(string name, string[] after) => new(name) { Kind = StepKind.Signal, Signal = "go", KeepsEarly = true, DependsOn = after };

    private static (SignalOutcome, int) Send(MachineRun run, string name, string? key = null)
    {
        run.Take(new MachineInput.SignalSent(name, "1", "u", key, run.Now));
        var answer = run.Decisions.OfType<MachineDecision.AnswerSignal>().Last();
        return (answer.Outcome, answer.Step);
    }
}
