using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Families;

public sealed class SubWorkflowTests
{
    private const string Double = """{"name":"double","steps":[{"name":"d","type":"transform","set":{"x":"{{ input.n * 2 }}"}}]}""";

    [Fact]
    public async Task Child_GetsItsInput_AndItsOutputIsTheSteps()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync(Double);
        var id = await engine.RunAsync("""{"name":"p","steps":[{"name":"call","type":"sub_workflow","workflow":"double","input":{"n":"{{ input.n }}"}},{"name":"after","type":"transform","set":{"y":"{{ steps.call.output.d.x + 1 }}"}}]}""", """{"n":4}""");
        Assert.Equal("""{"after":{"y":9}}""", (await engine.StatusAsync(id)).Execution.Output!.ToJsonString());
        await using var context = engine.Database.Read();
        var child = await context.Executions.SingleAsync(row => row.ParentId == id, TestContext.Current.CancellationToken);
        Assert.Equal(("completed", 1, false, "sub_workflow"), (child.Status, child.Depth, child.Awaited, child.TriggeredBy));
        Assert.Equal(child.Id, (await engine.StepAsync(id, "call")).ChildExecutionId);
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task WaitingParent_HoldsNoPlaceThatItsChildNeeds()
    {
        await using var engine = await EngineHost.StartAsync(new Dictionary<string, string?> { ["FlowNexus:MaxRunningExecutions"] = "1" });
        await engine.SaveAsync("""{"name":"inner","steps":[{"name":"s","type":"delay","duration":"50ms"},{"name":"d","type":"transform","set":{"x":1}}]}""");
        await engine.SaveAsync("""{"name":"middle","steps":[{"name":"call","type":"sub_workflow","workflow":"inner"}]}""");
        var id = await engine.RunAsync("""{"name":"outer","steps":[{"name":"each","type":"for_each","items":[1,2,3],"workflow":"middle"}]}""");
        Assert.Equal("completed", (await engine.StatusAsync(id)).Status);
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task ChildThatFails_FailsTheStepWithItsProblem_AndARetryStartsAnother()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync("""{"name":"bad","steps":[{"name":"d","type":"transform","set":{"x":"{{ input.missing }}"}}]}""");
        var id = await engine.RunAsync("""{"name":"p","steps":[{"name":"call","type":"sub_workflow","workflow":"bad","retry_attempts":1}]}""");
        await using var context = engine.Database.Read();
        var children = await context.Executions.Where(row => row.ParentId == id).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], children.Select(child => child.ParentAttempt!.Value));
        var error = (await engine.StepAsync(id, "call")).Error!;
        Assert.Equal((ProblemCodes.ExpressionUnresolved, children[1].Id), (error.Code, error.Facts!["execution_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task CancelOfTheParent_PassesDown()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync("""{"name":"sleeper","steps":[{"name":"s","type":"delay","duration":"1h"}]}""");
        var id = await engine.BeginAsync("""{"name":"p","steps":[{"name":"call","type":"sub_workflow","workflow":"sleeper"}]}""");
        var child = await engine.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.ParentId == id && row.Status == "waiting"));
        await engine.Get<ControlExecution>().PauseAsync(Principal.LocalOwner, id, "lunch");
        await engine.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.Id == child.Id && row.Status == "paused"));
        await engine.Get<ControlExecution>().ResumeAsync(Principal.LocalOwner, id);
        await engine.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.Id == child.Id && row.Status == "waiting"));
        await engine.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, id, "enough");
        await engine.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.Id == child.Id && row.Status == "cancelled" && !row.Awaited));
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task WorkflowThatCallsItselfWithoutEnd_IsStoppedWithAClearProblem()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync("""{"name":"self","steps":[{"name":"call","type":"sub_workflow","workflow":"self"}]}""");
        Assert.Equal(ProblemCodes.NestedTooDeep, (await engine.StepAsync(id, "call")).Error!.Code);
    }

    [Fact]
    public async Task WithoutWaiting_TheStepEndsWhenTheChildIsAccepted()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync("""{"name":"sleeper","steps":[{"name":"s","type":"delay","duration":"1h"}]}""");
        var id = await engine.RunAsync("""{"name":"p","steps":[{"name":"call","type":"sub_workflow","workflow":"sleeper","wait":false}]}""");
        var output = (JsonObject)(await engine.StatusAsync(id)).Execution.Output!["call"]!;
        await using var context = engine.Database.Read();
        Assert.Equal("waiting", (await context.Executions.SingleAsync(row => row.Id == output["execution_id"]!.GetValue<string>(), TestContext.Current.CancellationToken)).Status);
    }
}
