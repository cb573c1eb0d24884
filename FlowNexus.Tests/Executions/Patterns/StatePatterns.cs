using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
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
    [Pattern(16, "Deferred Choice", Verdict.Direct, "Steps wait for their signals beside each other; the signal that comes first decides, a join: any with stragglers: cancel withdraws the others.")]
    public async Task Wcp16_DeferredChoice()
    {
        var id = await engine.BeginAsync("""
            {"name":"paid","type":"wait_for_signal","early":"ignore","depends_on":[]},
            {"name":"called_off","type":"wait_for_signal","early":"ignore","depends_on":[]},
            {"name":"m","type":"switch","join":"any","stragglers":"cancel","mode":"first","depends_on":["paid","called_off"],"cases":[{"if":"exists(steps.paid.output)","then":"ship"},{"if":"true","then":"restock"}]},
            {"name":"ship","type":"transform","value":1,"depends_on":["m"]},
            {"name":"restock","type":"transform","value":1,"depends_on":["m"]},
            {"name":"open","type":"wait_for_signal","depends_on":[]}
            """);
        await engine.WaitsAsync(id, "paid", "called_off");
        Assert.Equal("delivered", (await engine.SignalAsync(id, "called_off")).Outcome);
        var late = await Assert.ThrowsAsync<ProblemException>(() => engine.SignalAsync(id, "paid"));
        Assert.Equal("CONFLICT", late.Problem.Code);
        await engine.SignalAsync(id, "open");
        Assert.Equal("paid:cancelled called_off:completed m:completed ship:skipped restock:completed open:completed", (await engine.EndAsync(id)).Steps);
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
    [Pattern(18, "Milestone", Verdict.Direct, "wait_for_signal between two steps: it depends on the one that reaches the milestone, and closed_by names the one that ends it. In between, and only then, its signal begins the activity.")]
    public async Task Wcp18_Milestone()
    {
        const string Steps = """
            {"name":"ordered","type":"wait_for_signal","depends_on":[]},
            {"name":"change","type":"wait_for_signal","early":"ignore","closed_by":"shipped","depends_on":["ordered"]},
            {"name":"changed","type":"transform","value":1,"depends_on":["change"]},
            {"name":"shipped","type":"wait_for_signal","depends_on":["ordered"]},
            {"name":"open","type":"wait_for_signal","depends_on":[]}
            """;
        var outside = await engine.BeginAsync(Steps);
        await engine.WaitsAsync(outside, "ordered");
        Assert.Equal("ignored", (await engine.SignalAsync(outside, "change")).Outcome);
        await engine.SignalAsync(outside, "ordered");
        await engine.WaitsAsync(outside, "change", "shipped");
        await engine.SignalAsync(outside, "shipped");
        Assert.Equal("CONFLICT", (await Assert.ThrowsAsync<ProblemException>(() => engine.SignalAsync(outside, "change"))).Problem.Code);
        await engine.SignalAsync(outside, "open");
        Assert.Equal("ordered:completed change:cancelled changed:skipped shipped:completed open:completed", (await engine.EndAsync(outside)).Steps);

        var within = await engine.BeginAsync(Steps);
        await engine.SignalAsync(within, "ordered");
        await engine.WaitsAsync(within, "change");
        Assert.Equal("delivered", (await engine.SignalAsync(within, "change")).Outcome);
        await engine.SignalAsync(within, "shipped");
        await engine.SignalAsync(within, "open");
        Assert.Equal("ordered:completed change:completed changed:completed shipped:completed open:completed", (await engine.EndAsync(within)).Steps);
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
    [Pattern(21, "Structured Loop", Verdict.Direct, "sub_workflow with until runs a workflow again and again until a condition over what it gave holds, at most max_iterations times.")]
    public async Task Wcp21_StructuredLoop()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"sub_workflow","workflow":"one","input":{"item":{"n":"{{ iteration * 2 }}","before":"{{ child.output }}"}},"until":"{{ child.output.x.n > 5 or iteration > 90 }}"},
            {"name":"m","type":"transform","value":{"n":"{{ steps.l.output.output.x.n }}","before":"{{ steps.l.output.output.x.before.x.n }}","times":"{{ steps.l.output.iterations }}"}}
            """);
        Assert.Equal("""{"n":6,"before":4,"times":3}""", run.Output["m"]!.ToJsonString());
        var never = await engine.RunAsync("""{"name":"l","type":"sub_workflow","workflow":"one","input":{"item":1},"until":"child.output.x > 1","max_iterations":2}""");
        Assert.Equal(("failed", "l:failed"), (never.Status, never.Steps));
    }

    [Fact]
    [Pattern(23, "Transient Trigger", Verdict.Direct, "wait_for_signal with early: ignore: a signal counts only while the step waits.")]
    public async Task Wcp23_TransientTrigger()
    {
        var id = await engine.BeginAsync("""
            {"name":"first","type":"wait_for_signal"},
            {"name":"a","type":"wait_for_signal","signal":"go","early":"ignore"}
            """);
        await engine.WaitsAsync(id, "first");
        Assert.Equal("ignored", (await engine.SignalAsync(id, "go", "1")).Outcome);
        await engine.SignalAsync(id, "first");
        await engine.WaitsAsync(id, "a");
        Assert.Equal("delivered", (await engine.SignalAsync(id, "go", "2")).Outcome);
        Assert.Equal(2, (await engine.EndAsync(id)).Output["a"]!["data"]!.GetValue<int>());
    }

    [Fact]
    [Pattern(24, "Persistent Trigger", Verdict.Direct, "wait_for_signal keeps a signal that comes before the step waits, in the order of their coming.")]
    public async Task Wcp24_PersistentTrigger()
    {
        var id = await engine.BeginAsync("""
            {"name":"first","type":"wait_for_signal"},
            {"name":"a","type":"wait_for_signal","signal":"go"},
            {"name":"b","type":"wait_for_signal","signal":"go"},
            {"name":"sum","type":"transform","value":"{{ steps.a.output.data * 10 + steps.b.output.data }}"}
            """);
        await engine.WaitsAsync(id, "first");
        Assert.Equal("kept", (await engine.SignalAsync(id, "go", "1")).Outcome);
        Assert.Equal("kept", (await engine.SignalAsync(id, "go", "2")).Outcome);
        await engine.SignalAsync(id, "first");
        Assert.Equal("12", (await engine.EndAsync(id)).Output["sum"]!.ToJsonString());
    }

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
    [Pattern(39, "Critical Section", Verdict.Direct, "Of the steps with the same exclusive only one is under way at a time; a section of several steps is a sub_workflow step.")]
    public async Task Wcp39_CriticalSection()
    {
        var id = await engine.BeginAsync("""
            {"name":"a","type":"wait_for_signal","exclusive":"till","depends_on":[]},
            {"name":"b","type":"wait_for_signal","exclusive":"till","depends_on":[]},
            {"name":"c","type":"wait_for_signal","depends_on":[]}
            """);
        await engine.WaitsAsync(id, "a", "c");
        Assert.Equal("pending", (await engine.Host.StepAsync(id, "b")).Status);
        await engine.SignalAsync(id, "a");
        await engine.WaitsAsync(id, "b");
        await engine.SignalAsync(id, "b");
        await engine.SignalAsync(id, "c");
        Assert.Equal("a:completed b:completed c:completed", (await engine.EndAsync(id)).Steps);
    }

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
    [Pattern(43, "Explicit Termination", Verdict.Direct, "An end step completes the execution: what still runs is cancelled, what has not begun is skipped.")]
    public async Task Wcp43_ExplicitTermination()
    {
        var run = await engine.RunAsync("""
            {"name":"runs","type":"delay","duration":"1h","depends_on":[]},
            {"name":"after","type":"transform","value":1,"depends_on":["runs"]},
            {"name":"calls","type":"sub_workflow","workflow":"nap","depends_on":[]},
            {"name":"t","type":"delay","duration":"50ms","depends_on":[]},
            {"name":"e","type":"end","output":{"why":"{{ input.why }}"},"depends_on":["t"]}
            """, """{"why":"enough"}""");
        Assert.Equal("runs:cancelled after:skipped calls:cancelled t:completed e:completed", run.Steps);
        Assert.Equal("completed", run.Status);
        Assert.Equal("""{"e":{"why":"enough"}}""", run.Output.ToJsonString());
        await engine.Host.EventuallyAsync(async context => await context.Executions.FirstOrDefaultAsync(row => row.ParentId == run.Id && row.Status == "cancelled"));
    }

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
