using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Tests.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>Many instances of one activity.</summary>
[Collection(PatternGroup.Name)]
public sealed class InstancePatterns(PatternEngine engine)
{
    [Fact]
    [Pattern(12, "Multiple Instances without Synchronization", Verdict.Direct, "for_each over a workflow with wait: false starts the executions and goes on.")]
    public async Task Wcp12_MultipleInstancesWithoutSynchronization()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[1,2],"workflow":"nap","wait":false}
            """);
        Assert.Equal("completed", run.Status);
        Assert.Equal(2, run.Output["l"]!["succeeded"]!.GetValue<int>());
    }

    [Fact]
    [Pattern(13, "Multiple Instances with a Priori Design-Time Knowledge", Verdict.Direct, "for_each over a list written in the definition.")]
    public async Task Wcp13_MultipleInstancesWithAPrioriDesignTimeKnowledge()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[1,2,3],"workflow":"one"}
            """);
        Assert.Equal(3, run.Output["l"]!["succeeded"]!.GetValue<int>());
    }

    [Fact]
    [Pattern(14, "Multiple Instances with a Priori Run-Time Knowledge", Verdict.Direct, "for_each over an expression that is evaluated when the step begins.")]
    public async Task Wcp14_MultipleInstancesWithAPrioriRunTimeKnowledge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":[7,8],"depends_on":[]},
            {"name":"l","type":"for_each","items":"steps.a.output","workflow":"one","depends_on":["a"]}
            """);
        Assert.Equal("""{"results":[{"x":7},{"x":8}],"count":2,"succeeded":2,"failed":0}""", run.Output["l"]!.ToJsonString());
    }

    [Fact]
    [Pattern(15, "Multiple Instances without a Priori Run-Time Knowledge", Verdict.Workaround, "The number of items is fixed when the loop begins; an instance that finds there is more starts the next one beside its own work with sub_workflow, and whoever waits for the first waits for all.")]
    public async Task Wcp15_MultipleInstancesWithoutAPrioriRunTimeKnowledge()
    {
        await engine.Host.SaveAsync("""{"name":"grows","steps":[{"name":"work","type":"transform","value":"{{ input.n }}","depends_on":[]},{"name":"c","type":"conditional","conditions":[{"if":"input.n > 1","then":"more"}],"depends_on":[]},{"name":"more","type":"sub_workflow","workflow":"grows","input":{"n":"{{ input.n - 1 }}"},"depends_on":["c"]}]}""");
        var run = await engine.RunAsync("""
            {"name":"l","type":"sub_workflow","workflow":"grows","input":{"n":3}},
            {"name":"m","type":"transform","value":1}
            """);
        Assert.Equal("l:completed m:completed", run.Steps);
        await using var context = engine.Host.Database.Read();
        var merged = await context.Executions.Where(row => row.Id == run.Id).Select(row => row.FinishedAt).SingleAsync(TestContext.Current.CancellationToken);
        var grown = await context.Workflows.Where(row => row.Name == "grows").Select(row => row.Id).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, await context.Executions.CountAsync(row => row.WorkflowId == grown && row.Status == "completed" && row.FinishedAt <= merged, TestContext.Current.CancellationToken));
    }

    [Fact]
    [Pattern(26, "Cancel Multiple Instance Activity", Verdict.Direct, "A loop is a step: as a straggler it is cancelled with all of its items.")]
    public async Task Wcp26_CancelMultipleInstanceActivity()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[1,2,3],"workflow":"nap","depends_on":[]},
            {"name":"t","type":"delay","duration":"100ms","depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["l","t"],"join":"any","stragglers":"cancel"}
            """);
        Assert.Equal("l:cancelled t:completed m:completed", run.Steps);
    }

    [Fact]
    [Pattern(27, "Complete Multiple Instance Activity", Verdict.Direct, "POST …/steps/{step}/complete completes a loop with the items that are done; what is under way is cancelled, the rest left out.")]
    public async Task Wcp27_CompleteMultipleInstanceActivity()
    {
        var id = await engine.BeginAsync("""
            {"name":"l","type":"for_each","items":[0,1,2],"workflow":"nap unless first","concurrency":2},
            {"name":"m","type":"transform","value":1}
            """);
        await engine.Host.EventuallyAsync(async context => await context.Iterations.FirstOrDefaultAsync(row => row.ExecutionId == id && row.Status == "completed"));
        await engine.Host.Get<CompleteLoop>().RunAsync(Principal.LocalOwner, id, "l");
        var run = await engine.EndAsync(id);
        Assert.Equal("l:completed m:completed", run.Steps);
        var loop = System.Text.Json.Nodes.JsonNode.Parse((await engine.Host.Get<GetStatus>().BodyAsync(Principal.LocalOwner, id, "l"))!)!;
        Assert.Equal((3, 1), (loop["count"]!.GetValue<int>(), loop["succeeded"]!.GetValue<int>()));
        await engine.Host.EventuallyAsync(async context => await context.Executions.AllAsync(row => row.ParentId != id || row.FinishedAt != null) ? "all" : null);
    }

    [Fact]
    [Pattern(34, "Static Partial Join for Multiple Instances", Verdict.Direct, "for_each over a workflow with enough: n and rest: run goes on after n successes; the executions under way run on and are ignored.")]
    public async Task Wcp34_StaticPartialJoinForMultipleInstances()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[1,2,0],"workflow":"rest unless zero","enough":1,"rest":"run"},
            {"name":"m","type":"transform","value":1}
            """);
        Assert.Equal("l:completed m:completed", run.Steps);
        await engine.Host.EventuallyAsync(async context => await context.Executions.CountAsync(row => row.ParentId == run.Id && row.Status == "waiting" && !row.Awaited) == 2 ? "both" : null);
        await using (var context = engine.Host.Database.Read())
            foreach (var rest in await context.Executions.Where(row => row.ParentId == run.Id && row.Status == "waiting").Select(row => row.Id).ToListAsync(TestContext.Current.CancellationToken)) await engine.SignalAsync(rest, "x");
        await engine.Host.EventuallyAsync(async context => await context.Executions.CountAsync(row => row.ParentId == run.Id && row.Status == "completed") == 3 ? "all" : null);
    }

    [Fact]
    [Pattern(35, "Cancelling Partial Join for Multiple Instances", Verdict.Direct, "for_each with enough: n leaves out and cancels the rest.")]
    public async Task Wcp35_CancellingPartialJoinForMultipleInstances()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[0,1,2],"workflow":"nap unless first","enough":1}
            """);
        Assert.Equal(1, run.Output["l"]!["succeeded"]!.GetValue<int>());
        Assert.Equal("completed", run.Status);
    }

    [Fact]
    [Pattern(36, "Dynamic Partial Join for Multiple Instances", Verdict.Not, "The number that is enough and the number of items are fixed when the loop begins.")]
    public void Wcp36_DynamicPartialJoinForMultipleInstances() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"l","type":"for_each","items":[1],"workflow":"one","enough":"input.n"}]}""").Errors, error => error.Rule == "range");
}
