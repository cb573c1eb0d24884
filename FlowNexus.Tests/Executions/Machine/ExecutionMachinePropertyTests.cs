using CsCheck;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Machine;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class ExecutionMachinePropertyTests
{
    private static readonly Gen<(int[] Plan, int[] Choices)> Cases = Gen.Select(Gen.Int[0, 1_000_000].Array[60], Gen.Int[0, 1_000_000].Array[0, 240]);

    /// <summary>The invariants themselves are in <see cref="MachineWorld"/> and hold after every transition.</summary>
    [Fact]
    public void Execution_UnderAnyInterleaving_KeepsItsInvariantsAndEnds() => Cases.Sample(
        one =>
        {
            var world = Disturbed(one);
            world.Settle();
            Assert.True(world.State.Steps.All(step => step.Status.IsTerminal()));
            Assert.All(world.Events.Where(happened => happened.Type == MachineEventType.StepCompleted).GroupBy(happened => happened.Step), step => Assert.Single(step));
        },
        iter: 5_000);

    [Fact]
    public void Replay_OfAllEvents_IsTheState() => Cases.Sample(
        one =>
        {
            var world = Disturbed(one);
            world.Settle();
            var replayed = ExecutionMachine.Replay(world.Plan.Steps.Count, world.Events);
            Assert.Equal(world.State.Status, replayed.Status);
            Assert.Equal(world.State.Steps.Select(step => step with { Progress = 0 }), replayed.Steps.Select(step => step with { Progress = 0 }));
        },
        iter: 1_000);

    [Fact]
    public void Execution_ThatSucceeds_LeavesNoFailureThatNobodyAskedToPassOver() => Cases.Sample(
        one =>
        {
            var world = Disturbed(one);
            world.Settle();
            var cancels = world.Plan.Steps.Any(step => step.Join is { CancelsStragglers: true } || step.EndsExecution || step.ClosedBy is not null);
            if (world.State.Status == ExecutionStatus.Completed)
                Assert.All(world.State.Steps.Select((step, i) => (step, i)), x => Assert.True(x.step.Status is StepStatus.Completed or StepStatus.Skipped || (x.step.Status == StepStatus.Cancelled && cancels) || (x.step.Status.IsFailure() && (world.Plan.OnFailure == FailureMode.Continue || world.Plan.Steps[x.i].HasErrorTarget))));
            else
                Assert.True(world.State.Progress < 1);
        },
        iter: 1_000);

    private static MachineWorld Disturbed((int[] Plan, int[] Choices) one)
    {
        var dice = new Dice(one.Choices);
        var world = new MachineWorld(RandomPlan.Of(new Dice(one.Plan)), dice);
        world.Start();
        while (!dice.IsSpent) world.Disturb();
        return world;
    }
}
