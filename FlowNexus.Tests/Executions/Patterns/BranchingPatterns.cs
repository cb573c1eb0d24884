using FlowNexus.Tests.Workflows;

namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>Splits, joins, discriminators and merges.</summary>
[Collection(PatternGroup.Name)]
public sealed class BranchingPatterns(PatternEngine engine)
{
    [Fact]
    [Pattern(6, "Multi-Choice", Verdict.Direct, "switch with mode all takes every case that holds.")]
    public async Task Wcp06_MultiChoice()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"all","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"input.n > 1","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]}
            """, """{"n":5}""");
        Assert.Equal("a:completed b:completed c:completed", run.Steps);
    }

    [Fact]
    [Pattern(7, "Structured Synchronizing Merge", Verdict.Direct, "Dead-path elimination: the merge waits for exactly the branches that were taken.")]
    public async Task Wcp07_StructuredSynchronizingMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"all","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"input.n > 1","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]},
            {"name":"m","type":"transform","value":1,"depends_on":["b","c"]}
            """, """{"n":1}""");
        Assert.Equal("a:completed b:completed c:skipped m:completed", run.Steps);
    }

    [Fact]
    [Pattern(8, "Multi-Merge", Verdict.Workaround, "A step runs once in an execution; what must run once for each branch goes into a workflow that each branch calls.")]
    public async Task Wcp08_MultiMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]},
            {"name":"m1","type":"sub_workflow","workflow":"one","input":{"item":1},"depends_on":["a"]},
            {"name":"m2","type":"sub_workflow","workflow":"one","input":{"item":2},"depends_on":["b"]}
            """);
        Assert.Equal("""{"x":1}""", run.Output["m1"]!.ToJsonString());
        Assert.Equal("""{"x":2}""", run.Output["m2"]!.ToJsonString());
    }

    [Fact]
    [Pattern(9, "Structured Discriminator", Verdict.Direct, "join: any begins with the first branch; the others go on and are ignored.")]
    public async Task Wcp09_StructuredDiscriminator()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"delay","duration":"50ms","depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","b"],"join":"any"}
            """);
        Assert.Equal("a m b", run.Order);
    }

    [Fact]
    [Pattern(28, "Blocking Discriminator", Verdict.Workaround, "Every execution has its own join that fires once, so nothing has to be blocked: a second case is a second execution, here an item of a loop.")]
    public async Task Wcp28_BlockingDiscriminator()
    {
        var run = await engine.RunAsync("""
            {"name":"cases","type":"for_each","items":[1,2],"workflow":"one"}
            """);
        Assert.Equal("""{"results":[{"x":1},{"x":2}],"count":2,"succeeded":2,"failed":0}""", run.Output["cases"]!.ToJsonString());
    }

    [Fact]
    [Pattern(29, "Cancelling Discriminator", Verdict.Direct, "join: any with stragglers: cancel.")]
    public async Task Wcp29_CancellingDiscriminator()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"delay","duration":"1h","depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","b"],"join":"any","stragglers":"cancel"}
            """);
        Assert.Equal("a:completed b:cancelled m:completed", run.Steps);
        Assert.Equal("completed", run.Status);
    }

    [Fact]
    [Pattern(30, "Structured Partial Join", Verdict.Direct, "join: n begins with the n-th branch; the others go on.")]
    public async Task Wcp30_StructuredPartialJoin()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]},
            {"name":"c","type":"delay","duration":"50ms","depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","b","c"],"join":2}
            """);
        Assert.Equal("a b m c", run.Order);
    }

    [Fact]
    [Pattern(31, "Blocking Partial Join", Verdict.Workaround, "As the blocking discriminator: a join fires once in an execution, a second case is a second execution.")]
    public async Task Wcp31_BlockingPartialJoin()
    {
        var run = await engine.RunAsync("""
            {"name":"cases","type":"for_each","items":[1,2,3],"workflow":"one","enough":2,"concurrency":1}
            """);
        Assert.Equal(2, run.Output["cases"]!["succeeded"]!.GetValue<int>());
    }

    [Fact]
    [Pattern(32, "Cancelling Partial Join", Verdict.Direct, "join: n with stragglers: cancel.")]
    public async Task Wcp32_CancellingPartialJoin()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]},
            {"name":"c","type":"delay","duration":"1h","depends_on":[]},
            {"name":"m","type":"transform","value":1,"depends_on":["a","b","c"],"join":{"at_least":2},"stragglers":"cancel"}
            """);
        Assert.Equal("a:completed b:completed c:cancelled m:completed", run.Steps);
    }

    [Fact]
    [Pattern(33, "Generalized AND-Join", Verdict.Not, "Needs several tokens on one branch of one case; a step here runs once in an execution, so there is nothing to pair up.")]
    public void Wcp33_GeneralizedAndJoin() =>
        Assert.Contains(Catalogues.Read("""{"name":"w","steps":[{"name":"a","type":"transform","value":1,"depends_on":["b"]},{"name":"b","type":"transform","value":1,"depends_on":["a"]}]}""").Errors, error => error.Rule == "cycle");

    [Fact]
    [Pattern(37, "Acyclic Synchronizing Merge", Verdict.Direct, "What a merge waits for follows from which branches died, not from a structure around it.")]
    public async Task Wcp37_AcyclicSynchronizingMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"all","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"input.n > 1","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]},
            {"name":"x","type":"transform","value":1,"depends_on":["b"]},
            {"name":"m","type":"transform","value":1,"depends_on":["x","c"]}
            """, """{"n":1}""");
        Assert.Equal("a:completed b:completed c:skipped x:completed m:completed", run.Steps);
    }

    [Fact]
    [Pattern(38, "General Synchronizing Merge", Verdict.Workaround, "A merge fires when no branch before it can still arrive, in any acyclic graph; a cycle before it is a sub_workflow with until, which is one step of the graph.")]
    public async Task Wcp38_GeneralSynchronizingMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"all","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"input.n > 1","then":"c"}]},
            {"name":"b","type":"sub_workflow","workflow":"one","input":{"item":"{{ iteration }}"},"until":"child.output.x >= 2","depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]},
            {"name":"d","type":"transform","value":1,"depends_on":["c"]},
            {"name":"m","type":"transform","value":"{{ steps.b.output.iterations }}","depends_on":["b","d"]}
            """, """{"n":1}""");
        Assert.Equal("a:completed b:completed c:skipped d:skipped m:completed", run.Steps);
        Assert.Equal("2", run.Output["m"]!.ToJsonString());
    }

    [Fact]
    [Pattern(41, "Thread Merge", Verdict.Direct, "for_each joins the items of one branch into one list of results.")]
    public async Task Wcp41_ThreadMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":[1,2,3],"step":{"type":"transform","value":"{{ item }}"}},
            {"name":"m","type":"transform","value":"{{ steps.l.output.count }}"}
            """);
        Assert.Equal("""3""", run.Output["m"]!.ToJsonString());
    }

    [Fact]
    [Pattern(42, "Thread Split", Verdict.Direct, "for_each makes several threads of one branch.")]
    public async Task Wcp42_ThreadSplit()
    {
        var run = await engine.RunAsync("""
            {"name":"l","type":"for_each","items":{"from":1,"to":"{{ input.n }}"},"workflow":"one"}
            """, """{"n":4}""");
        Assert.Equal(4, run.Output["l"]!["count"]!.GetValue<int>());
    }
}
