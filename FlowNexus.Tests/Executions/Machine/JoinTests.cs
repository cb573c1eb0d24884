using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class JoinTests
{
    [Theory]
    [InlineData(1, "in_progress")]
    [InlineData(2, "pending")]
    public void EarlyJoin_BeginsWithTheOneThatMeetsIt(int atLeast, string afterOne)
    {
        var run = new MachineRun(Race(new JoinDefinition(atLeast, false))).Start().Complete(1);
        Assert.Equal($"in_progress completed in_progress {afterOne}", run.Statuses);
        run.Complete(2);
        Assert.Equal("in_progress completed completed in_progress", run.Statuses);
        run.Complete(3);
        Assert.Equal(ExecutionStatus.Running, run.State.Status);
        Assert.Equal(ExecutionStatus.Completed, run.Complete(0).State.Status);
    }

    [Fact]
    public void EarlyJoin_ThatCancelsStragglers_EndsWithoutThem()
    {
        var run = new MachineRun(Race(new JoinDefinition(2, true))).Start().Complete(1).Complete(0);
        Assert.Equal("completed completed cancelled in_progress", run.Statuses);
        Assert.Single(run.Decided<MachineDecision.Abandon>(2));
        Assert.Equal(ExecutionStatus.Completed, run.Complete(3).State.Status);
        Assert.Equal(1, run.State.Progress);
    }

    [Fact]
    public void Straggler_ThatAnotherStepWaitsFor_IsNotCancelled()
    {
        var run = new MachineRun(Plans.Of(
            new PlannedStep("a") { DependsOn = [] },
            new PlannedStep("b") { DependsOn = [] },
            new PlannedStep("join") { DependsOn = ["a", "b"], Join = new JoinDefinition(1, true) },
            new PlannedStep("needs_b") { DependsOn = ["b"] })).Start().Complete(0);
        Assert.Equal("completed in_progress in_progress pending", run.Statuses);
    }

    [Fact]
    public void Stragglers_AreCancelledAlongTheirWholePath()
    {
        var run = new MachineRun(Plans.Of(
            new PlannedStep("a") { DependsOn = [] },
            new PlannedStep("b1") { DependsOn = [] },
            new PlannedStep("b2") { DependsOn = ["b1"] },
            new PlannedStep("join") { DependsOn = ["a", "b2"], Join = new JoinDefinition(1, true) })).Start().Complete(0);
        Assert.Equal("completed cancelled cancelled in_progress", run.Statuses);
    }

    [Fact]
    public void Join_ThatCanNoLongerBeMet_IsSkipped()
    {
        var run = new MachineRun(Plans.Of(
            PlannedStep.Pure("choose", []) with { Branches = [new BranchDefinition("x", "a", "b")] },
            new PlannedStep("a") { DependsOn = ["choose"] },
            new PlannedStep("b") { DependsOn = ["choose"] },
            new PlannedStep("c") { DependsOn = [] },
            new PlannedStep("join") { DependsOn = ["a", "b", "c"], Join = new JoinDefinition(3, false) }));
        run.Branches[0] = "a";
        Assert.Equal("completed in_progress skipped in_progress skipped", run.Start().Statuses);
    }

    [Fact]
    public void Join_WithoutAFreePlace_StillCancelsStragglers()
    {
        var run = new MachineRun(Plans.Of(2, 0, [
            new PlannedStep("a") { DependsOn = [] },
            new PlannedStep("b") { DependsOn = [] },
            new PlannedStep("c") { DependsOn = ["a"] },
            new PlannedStep("join") { DependsOn = ["a", "b"], Join = new JoinDefinition(1, true) }])).Start().Complete(0);
        Assert.Equal("completed cancelled in_progress in_progress", run.Statuses);
    }

    private static ExecutionPlan Race(JoinDefinition join) => Plans.Of(
        new PlannedStep("a") { DependsOn = [] },
        new PlannedStep("b") { DependsOn = [] },
        new PlannedStep("c") { DependsOn = [] },
        new PlannedStep("join") { DependsOn = ["a", "b", "c"], Join = join });
}
