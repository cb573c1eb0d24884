using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using Microsoft.EntityFrameworkCore;
using FlowNexus.Tests.Workflows;

namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>Iteration, state, cancellation, triggers and termination.</summary>
[Collection(PatternGroup.Name)]
public sealed class StatePatterns(PatternEngine engine)
{
    [Fact]
    [Pattern(10, "Arbitrary Cycles", Verdict.Not, "The graph has no cycles; a workflow that calls itself repeats work.")]
    public void Wcp10_ArbitraryCycles() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"transform","value":1,"depends_on":["b"]},{"name":"b","type":"transform","value":1,"depends_on":["a"]}]}""").Errors, error => error.Rule == "cycle");

    [Fact]
    [Pattern(11, "Implicit Termination", Verdict.Direct, "An execution ends when no step is left to run.")]
    public async Task Wcp11_ImplicitTermination()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"delay","duration":"20ms","depends_on":[]}
            """);
        Assert.Equal("completed", run.Status);
    }

    [Fact]
    [Pattern(16, "Deferred Choice", Verdict.Workaround, "The events are steps that wait beside each other; a join: any with stragglers: cancel takes the first, withdraws the others, and a switch looks which it was.")]
    public async Task Wcp16_DeferredChoice()
    {
        var run = await engine.RunAsync("""
            {"name":"e1","type":"delay","duration":"30ms","depends_on":[]},
            {"name":"e2","type":"delay","duration":"1h","depends_on":[]},
            {"name":"m","type":"switch","join":"any","stragglers":"cancel","mode":"first","depends_on":["e1","e2"],"cases":[{"if":"exists(steps.e1.output)","then":"b"},{"if":"true","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["m"]},
            {"name":"c","type":"transform","value":1,"depends_on":["m"]}
            """);
        Assert.Equal("e1:completed e2:cancelled m:completed b:completed c:skipped", run.Steps);
    }

    [Fact]
    [Pattern(17, "Interleaved Parallel Routing", Verdict.Direct, "parallel_execution: false runs a graph one step at a time in any order that its dependencies allow.")]
    public async Task Wcp17_InterleavedParallelRouting()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":[]}
            """, """{}""", """{"parallel_execution":false}""");
        Assert.Equal(3, run.Order.Split(' ').Length);
        Assert.True(run.Order.IndexOf('a', StringComparison.Ordinal) < run.Order.IndexOf('b', StringComparison.Ordinal));
    }

    [Fact]
    [Pattern(18, "Milestone", Verdict.Workaround, "The milestone is a step that the activity depends on; the step that ends the milestone races it through a join: any with stragglers: cancel.")]
    public async Task Wcp18_Milestone()
    {
        var run = await engine.RunAsync("""
            {"name":"reached","type":"transform","value":1,"depends_on":[]},
            {"name":"activity","type":"delay","duration":"1h","depends_on":["reached"]},
            {"name":"over","type":"delay","duration":"50ms","depends_on":["reached"]},
            {"name":"m","type":"transform","value":1,"depends_on":["activity","over"],"join":"any","stragglers":"cancel"}
            """);
        Assert.Equal("reached:completed activity:cancelled over:completed m:completed", run.Steps);
    }

    [Fact]
    [Pattern(19, "Cancel Task", Verdict.Direct, "A step that waits or runs is withdrawn by stragglers: cancel, or by its timeout.")]
    public async Task Wcp19_CancelTask()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"delay","duration":"1h","depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","b"],"join":"any","stragglers":"cancel"}
            """);
        Assert.Equal("a:cancelled b:completed m:completed", run.Steps);
    }

    [Fact]
    [Pattern(21, "Structured Loop", Verdict.Workaround, "for_each repeats a known number of times; a loop with a condition is a workflow that calls itself while it holds.")]
    public async Task Wcp21_StructuredLoop()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":{"from":1,"to":3},"concurrency":1,"step":{"type":"transform","value":"{{ index }}"}}
            """);
        Assert.Equal("[0,1,2]", run.Output["l"]!["results"]!.ToJsonString());
    }

    [Fact]
    [Pattern(23, "Transient Trigger", Verdict.Not, "No step waits for a signal from outside yet.")]
    public void Wcp23_TransientTrigger() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"wait_for_signal"}]}""").Errors, error => error.Rule == "not_allowed");

    [Fact]
    [Pattern(24, "Persistent Trigger", Verdict.Not, "No step waits for a signal from outside yet; an event can start an execution, not go on with one.")]
    public void Wcp24_PersistentTrigger() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"wait_for_signal"}]}""").Errors, error => error.Rule == "not_allowed");

    [Fact]
    [Pattern(25, "Cancel Region", Verdict.Direct, "stragglers: cancel withdraws every step that only led to the join, along the whole path.")]
    public async Task Wcp25_CancelRegion()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"delay","duration":"1h","depends_on":[]},
            {"name":"c","type":"transform","value":1,"depends_on":["b"]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","c"],"join":"any","stragglers":"cancel"}
            """);
        Assert.Equal("a:completed b:cancelled c:cancelled m:completed", run.Steps);
    }

    [Fact]
    [Pattern(39, "Critical Section", Verdict.Not, "Steps of one execution share no lock; parallel_execution: false makes the whole workflow one section.")]
    public void Wcp39_CriticalSection() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"critical_section"}]}""").Errors, error => error.Rule == "not_allowed");

    [Fact]
    [Pattern(40, "Interleaved Routing", Verdict.Direct, "parallel_execution: false without dependencies: any order, never two at once.")]
    public async Task Wcp40_InterleavedRouting()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]}
            """, """{}""", """{"parallel_execution":false}""");
        Assert.Equal(2, run.Order.Split(' ').Length);
    }

    [Fact]
    [Pattern(43, "Explicit Termination", Verdict.Not, "No step ends an execution while others are left; a failing step ends it, as failed.")]
    public void Wcp43_ExplicitTermination() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"stop"}]}""").Errors, error => error.Rule == "not_allowed");

    [Fact]
    [Pattern(20, "Cancel Case", Verdict.Direct, "An execution is cancelled with everything in it and everything it started.")]
    public async Task Wcp20_CancelCase()
    {
        var id = await engine.Host.BeginAsync("""{"name":"pattern","steps":[{"name":"a","type":"delay","duration":"1h"},{"name":"b","type":"transform","value":1}]}""");
        await engine.Host.Get<ControlExecution>().CancelAsync(Principal.LocalOwner, id, "enough");
        await engine.Host.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.Id == id && row.Status == "cancelled"));
    }

    [Fact]
    [Pattern(22, "Recursion", Verdict.Direct, "A workflow may call itself with sub_workflow, up to 20 levels deep.")]
    public async Task Wcp22_Recursion()
    {
        var id = await engine.Host.RunAsync("""{"name":"countdown","steps":[{"name":"c","type":"conditional","conditions":[{"if":"input.n > 0","then":"again"}]},{"name":"again","type":"sub_workflow","workflow":"countdown","input":{"n":"{{ input.n - 1 }}"}}]}""", """{"n":3}""");
        Assert.Equal("completed", (await engine.Host.StatusAsync(id)).Status);
        await using var context = engine.Host.Database.Read();
        Assert.Equal(3, await context.Executions.CountAsync(row => row.WorkflowId == context.Executions.First(one => one.Id == id).WorkflowId && row.Depth > 0, TestContext.Current.CancellationToken));
    }
}
