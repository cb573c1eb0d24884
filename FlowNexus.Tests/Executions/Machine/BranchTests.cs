using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Executions.Machine;

public sealed class BranchTests
{
    private static readonly BranchDefinition[] HeavyOrLight = [new("x > 1", "heavy", "light")];

    [Theory]
    [InlineData("heavy", "completed completed skipped completed")]
    [InlineData("light", "completed skipped completed completed")]
    public void Join_AfterABranch_FiresOnThePathThatWasTaken(string taken, string expected)
    {
        var run = new MachineRun(Plans.Of(
            PlannedStep.Pure("choose", []) with { Branches = HeavyOrLight },
            PlannedStep.Pure("heavy", "choose"),
            PlannedStep.Pure("light", "choose"),
            PlannedStep.Pure("join", "heavy", "light")));
        run.Branches[0] = taken;
        Assert.Equal(expected, run.Start().Statuses);
        Assert.Equal(ExecutionStatus.Completed, run.State.Status);
    }

    [Fact]
    public void BranchNotTaken_KillsEverythingThatOnlyFollowsIt()
    {
        var run = new MachineRun(Plans.Of(
            PlannedStep.Pure("choose", []) with { Branches = HeavyOrLight },
            PlannedStep.Pure("heavy", "choose"),
            PlannedStep.Pure("after_heavy", "heavy"),
            PlannedStep.Pure("light", "choose")));
        run.Branches[0] = "light";
        Assert.Equal("completed skipped skipped completed", run.Start().Statuses);
    }

    [Fact]
    public void Branch_InListedOrder_SkipsWhatItDidNotChooseAndGoesOn()
    {
        var run = new MachineRun(Plans.Of(
            new PlannedStep("choose") { Kind = Engine.Executions.Machine.StepKind.Pure, Branches = HeavyOrLight },
            new PlannedStep("heavy") { Kind = Engine.Executions.Machine.StepKind.Pure },
            new PlannedStep("light") { Kind = Engine.Executions.Machine.StepKind.Pure },
            new PlannedStep("after") { Kind = Engine.Executions.Machine.StepKind.Pure }));
        run.Branches[0] = "light";
        Assert.Equal("completed skipped completed completed", run.Start().Statuses);
    }

    [Fact]
    public void OpenPath_LeadsNowhere_AndTheExecutionGoesOn()
    {
        var run = new MachineRun(Plans.Of(
            PlannedStep.Pure("choose", []) with { Branches = [new("x", "heavy_processing_path", "light_processing_path")] },
            PlannedStep.Pure("after", "choose")));
        run.Branches[0] = "heavy_processing_path";
        Assert.Equal("completed completed", run.Start().Statuses);
    }

    [Fact]
    public void PathLabel_OpensEveryStepThatCarriesIt()
    {
        var run = new MachineRun(Plans.Of(
            PlannedStep.Pure("choose", []) with { Branches = [new("x", "big", "small")] },
            PlannedStep.Pure("a", []) with { Path = "big" },
            PlannedStep.Pure("b", []) with { Path = "big" },
            PlannedStep.Pure("c", []) with { Path = "small" }));
        run.Branches[0] = "big";
        Assert.Equal("completed completed completed skipped", run.Start().Statuses);
    }
}
