namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>WCP-1 to WCP-5.</summary>
[Collection(PatternGroup.Name)]
public sealed class BasicPatterns(PatternEngine engine)
{
    [Fact]
    [Pattern(1, "Sequence", Verdict.Direct, "Steps run in listed order, or in the order of depends_on.")]
    public async Task Wcp01_Sequence()
    {
        var run = await engine.RunAsync("""
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"a","type":"transform","value":1,"depends_on":[]}
            """);
        Assert.Equal("a b", run.Order);
    }

    [Fact]
    [Pattern(2, "Parallel Split", Verdict.Direct, "Steps that follow the same step run at the same time.")]
    public async Task Wcp02_ParallelSplit()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"transform","value":1,"depends_on":[]},
            {"name":"b","type":"delay","duration":"20ms","depends_on":["a"]},
            {"name":"c","type":"delay","duration":"20ms","depends_on":["a"]}
            """);
        Assert.Equal("a:completed b:completed c:completed", run.Steps);
    }

    [Fact]
    [Pattern(3, "Synchronization", Verdict.Direct, "A step begins when everything in its depends_on has ended.")]
    public async Task Wcp03_Synchronization()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"delay","duration":"30ms","depends_on":[]},
            {"name":"b","type":"transform","value":1,"depends_on":[]},
            {"name":"c","type":"transform","value":1,"depends_on":["a","b"]}
            """);
        Assert.Equal("b a c", run.Order);
    }

    [Fact]
    [Pattern(4, "Exclusive Choice", Verdict.Direct, "conditional, or switch with mode first: exactly one branch is taken.")]
    public async Task Wcp04_ExclusiveChoice()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"first","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"true","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]}
            """, """{"n":1}""");
        Assert.Equal("a:completed b:completed c:skipped", run.Steps);
    }

    [Fact]
    [Pattern(5, "Simple Merge", Verdict.Direct, "A step after a choice runs on whichever branch was taken; the other is a dead path.")]
    public async Task Wcp05_SimpleMerge()
    {
        var run = await engine.RunAsync("""
            {"name":"a","type":"switch","mode":"first","depends_on":[],"cases":[{"if":"input.n > 0","then":"b"},{"if":"true","then":"c"}]},
            {"name":"b","type":"transform","value":1,"depends_on":["a"]},
            {"name":"c","type":"transform","value":1,"depends_on":["a"]},
            {"name":"e","type":"transform","value":1,"depends_on":["b","c"]}
            """, """{"n":0}""");
        Assert.Equal("a c e", run.Order);
    }
}
