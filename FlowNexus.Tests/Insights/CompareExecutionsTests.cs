using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Insights;

public sealed class CompareExecutionsTests
{
    private const string Workflow = """
        {"name":"w","status":"active","steps":[
            {"name":"a","type":"transform","depends_on":[],"value":1},
            {"name":"pause","type":"delay","depends_on":["a"],"duration":"{{ input.wait }}"},
            {"name":"beside","type":"transform","depends_on":["a"],"value":2},
            {"name":"end","type":"transform","depends_on":["pause","beside"],"value":3}]}
        """;

    [Fact]
    public async Task TheSlowerOne_IsExplainedByTheStepThatTookLonger()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync(Workflow);
        var quick = await RunAsync(engine, workflow, """{"wait":"0.01s","same":1}""");
        var slow = await RunAsync(engine, workflow, """{"wait":"3s","same":1}""");
        var compared = await engine.Get<CompareExecutions>().RunAsync(Principal.LocalOwner, slow, null);

        Assert.Equal(quick, compared.Other.ExecutionId);
        Assert.Equal("pause", compared.MainStep);
        Assert.Contains("mostly because pause took", compared.Summary, StringComparison.Ordinal);
        Assert.Equal(["a", "pause", "beside", "end"], compared.Steps.Select(step => step.Name));
        Assert.Equal([true, true, false, true], compared.Steps.Select(step => step.IsCritical));
        Assert.True(compared.Steps[1].Difference > 2);
        Assert.Equal("wait", Assert.Single(compared.InputDifferences!).Path);
    }

    [Fact]
    public async Task WhatCannotBeCompared_IsRefused_WithTheReason()
    {
        await using var engine = await EngineHost.StartAsync();
        var first = await RunAsync(engine, await engine.SaveAsync(Workflow), """{"wait":"0.01s"}""");
        var other = await engine.RunAsync("""{"name":"other","status":"active","steps":[{"name":"a","type":"transform","value":1}]}""");
        var compare = engine.Get<CompareExecutions>();

        Assert.Contains("no earlier execution", (await Refused(first, null)).Message, StringComparison.Ordinal);
        Assert.Contains("same workflow", (await Refused(first, other)).Message, StringComparison.Ordinal);
        Assert.Contains("with itself", (await Refused(first, first)).Message, StringComparison.Ordinal);
        Assert.Equal(ProblemCodes.ExecutionNotFound, (await Refused("exec_nowhere", null)).Code);

        async Task<Problem> Refused(string one, string? with) => (await Assert.ThrowsAsync<ProblemException>(() => compare.RunAsync(Principal.LocalOwner, one, with))).Problem;
    }

    private static async Task<string> RunAsync(EngineHost engine, string workflow, string input)
    {
        var id = (await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(workflow) { Input = JsonNode.Parse(input) })).Row.Id;
        Assert.NotNull(await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        return id;
    }
}
