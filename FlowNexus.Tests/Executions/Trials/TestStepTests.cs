using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Http;
using FlowNexus.Tests.Kit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Trials;

public sealed class TestStepTests
{
    private static readonly Dictionary<string, string?> Local = new() { ["FlowNexus:Http:AllowedHosts:0"] = "127.0.0.1" };

    [Fact]
    public async Task HttpStepOfADraft_SendsItsRequest_WithTheDataOfAPastExecution_AndNothingFollows()
    {
        List<string> asked = [];
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/{**path}", (HttpContext context) =>
        {
            asked.Add(context.Request.Path);
            return Results.Json(new { name = "Ada" });
        }));
        await using var engine = await EngineHost.StartAsync(Local);
        var (workflow, execution) = await RunAsync(engine, """{"name":"w","steps":[{"name":"load","type":"transform","set":{"id":"{{ input.id }}"}}]}""", """{"id":17}""");
        var draft = Draft($$$"""
            {"name":"w","steps":[
              {"name":"load","type":"transform","set":{"id":"{{ input.id }}"}},
              {"name":"call","type":"http_request","depends_on":["load"],"config":{"url":"{{{server.Address}}}/people/{{ steps.load.output.id }}"}},
              {"name":"after","type":"http_request","depends_on":["call"],"config":{"url":"{{{server.Address}}}/after"}},
              {"name":"not ready","type":"delay","depends_on":["after"]}]}
            """);

        var test = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "call") { Definition = draft }, TestContext.Current.CancellationToken);

        Assert.True(test.Status == "completed", test.Error?.Message);
        Assert.Equal("Ada", test.Output!["body"]!["name"]!.GetValue<string>());
        Assert.Equal(["/people/17"], asked);
        Assert.Equal(execution, test.ExecutionId);
        Assert.NotEmpty(test.Logs);
        await using var context = engine.Database.Read();
        Assert.Equal(1, await context.Executions.CountAsync(TestContext.Current.CancellationToken));
        var audited = await context.Events.SingleAsync(row => row.Stream == workflow && row.Type == "step_tested", TestContext.Current.CancellationToken);
        Assert.Contains("\"step\":\"call\"", audited.Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StepThatFails_IsAnAnswerWithItsProblem()
    {
        await using var engine = await EngineHost.StartAsync();
        var (workflow, _) = await RunAsync(engine, """{"name":"w","steps":[{"name":"a","type":"transform","value":1}]}""", "{}");

        var test = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "b")
        {
            Definition = Draft("""{"name":"w","steps":[{"name":"a","type":"transform","value":1},{"name":"b","type":"transform","value":"{{ steps.a.output + input.missing }}"}]}"""),
        }, TestContext.Current.CancellationToken);

        Assert.Equal(("failed", ProblemCodes.ExpressionUnresolved), (test.Status, test.Error!.Code));
    }

    [Fact]
    public async Task SlowStep_IsStoppedAtItsOwnTimeout()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", async (HttpContext context) => await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted)));
        await using var engine = await EngineHost.StartAsync(Local);
        var (workflow, _) = await RunAsync(engine, """{"name":"w","steps":[{"name":"a","type":"transform","value":1}]}""", "{}");

        var test = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "slow")
        {
            Definition = Draft($$$"""{"name":"w","steps":[{"name":"slow","type":"http_request","timeout":0.3,"config":{"url":"{{{server.Address}}}/"}}]}"""),
        }, TestContext.Current.CancellationToken);

        Assert.Equal(ProblemCodes.StepTimeout, test.Error!.Code);
    }

    [Fact]
    public async Task AgentStep_ReallyWorks_WithoutTakingCredits()
    {
        await using var engine = await EngineHost.StartAsync();
        var (workflow, _) = await RunAsync(engine, """{"name":"w","steps":[{"name":"rows","type":"transform","value":[{"region":"EU","revenue":3},{"region":"EU","revenue":4}]}]}""", "{}");

        var test = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "sum up")
        {
            Definition = Draft("""{"name":"w","steps":[{"name":"rows","type":"transform","set":{}},{"name":"sum up","type":"agent","config":{"skill":"aggregate","group_by":"region","measures":["sum(revenue)"]}}]}"""),
        }, TestContext.Current.CancellationToken);

        Assert.True(test.Status == "completed", test.Error?.Message);
        Assert.NotNull(test.AgentId);
        await using var context = engine.Database.Read();
        Assert.False(await context.Ledger.AnyAsync(row => row.ExecutionId != null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Loop_DoesItsFirstItem_AndAChildIsOnlyDescribed()
    {
        await using var engine = await EngineHost.StartAsync();
        var (workflow, _) = await RunAsync(engine, """{"name":"w","steps":[{"name":"a","type":"transform","value":1}]}""", """{"list":[5,6]}""");
        var draft = Draft("""{"name":"w","steps":[{"name":"loop","type":"for_each","items":"input.list","step":{"type":"transform","value":"{{ item * 10 }}"}},{"name":"sub","type":"sub_workflow","config":{"workflow":"other","input":{"n":"{{ input.list[1] }}"}}},{"name":"gate","type":"wait_for_signal"}]}""");

        var loop = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "loop") { Definition = draft }, TestContext.Current.CancellationToken);
        var child = await engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "sub") { Definition = draft }, TestContext.Current.CancellationToken);

        Assert.Equal("""{"items":2,"first_item":5,"first_result":50}""", loop.Output!.ToJsonString());
        Assert.Equal("""{"n":6}""", child.Output!["input"]!.ToJsonString());
        Assert.NotNull(child.Note);
        await Assert.ThrowsAsync<ProblemException>(() => engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "gate") { Definition = draft }, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task StepThatIsNotReady_IsRefusedWithItsProblems_WhateverIsWrongElsewhere()
    {
        await using var engine = await EngineHost.StartAsync();
        var (workflow, _) = await RunAsync(engine, """{"name":"w","steps":[{"name":"a","type":"transform","value":1}]}""", "{}");

        var refused = await Assert.ThrowsAsync<ProblemException>(() => engine.Get<TestStep>().RunAsync(Principal.LocalOwner, new StepTestRequest(workflow, "late")
        {
            Definition = Draft("""{"name":"w","steps":[{"name":"other","type":"delay"},{"name":"late","type":"http_request","config":{"method":"GET"}}]}"""),
        }, TestContext.Current.CancellationToken));

        Assert.Equal(ProblemCodes.InvalidDefinition, refused.Problem.Code);
        Assert.All(refused.Problem.Details, detail => Assert.DoesNotContain("/steps/", detail.Pointer, StringComparison.Ordinal));
    }

    private static async Task<(string Workflow, string Execution)> RunAsync(EngineHost engine, string definition, string input)
    {
        var execution = await engine.RunAsync(definition, input);
        return ((await engine.StatusAsync(execution)).WorkflowId, execution);
    }

    private static JsonObject Draft(string json) => (JsonObject)JsonNode.Parse(json)!;
}
