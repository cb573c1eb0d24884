using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Pins;

public sealed class PinnedExecutionTests
{
    private const string Fetches = """
        {"name":"fetches","steps":[
          {"name":"fetch","type":"http_request","url":"http://127.0.0.1:9/never","timeout":5},
          {"name":"report","type":"agent","agent_type":"analyst","description":"Summarise the rows"},
          {"name":"sum","type":"transform","set":{"total":"{{ steps.fetch.output.body.a + steps.report.output.b }}"}}]}
        """;

    [Fact]
    public async Task PinnedSteps_GiveTheirOutput_WithoutCallingOut_AndAreMarked()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync(Fetches);

        var id = await RunAsync(engine, new StartRequest(workflow) { Pins = Pins("""{"fetch":{"body":{"a":40}},"report":{"b":2}}""") });

        var status = await engine.StatusAsync(id);
        Assert.Equal("completed", status.Status);
        Assert.Equal("""{"total":42}""", status.Execution.Output!["sum"]!.ToJsonString());
        Assert.Equal(["fetch", "report"], status.Execution.PinnedSteps);
        Assert.Equal(0, status.Execution.CreditsUsed);
        Assert.Equal([], (await engine.Get<FindExecutions>().RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = workflow })).Executions.Single().PinnedSteps);
        await using var context = engine.Database.Read();
        var started = await context.Events.SingleAsync(row => row.ExecutionId == id && row.Type == "execution_started", TestContext.Current.CancellationToken);
        Assert.Equal("""["fetch","report"]""", JsonNode.Parse(started.Payload!)!["pinned_steps"]!.ToJsonString());
        Assert.False(await context.Tasks.AnyAsync(row => row.ExecutionId == id, TestContext.Current.CancellationToken));
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task PinnedExecution_LoadedAgain_KeepsItsPins()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""
            {"name":"waits","steps":[
              {"name":"gate","type":"wait_for_signal"},
              {"name":"fetch","type":"http_request","url":"http://127.0.0.1:9/never","timeout":5},
              {"name":"out","type":"transform","value":"{{ steps.fetch.output.n }}"}]}
            """);
        var id = (await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(workflow) { Pins = Pins("""{"fetch":{"n":7}}""") })).Row.Id;
        await engine.EventuallyAsync(context => context.Steps.FirstOrDefaultAsync(row => row.ExecutionId == id && row.Wait == "signal"));

        // An execution that only waits is let go of: the signal loads it from its rows.
        await engine.Get<SendSignal>().RunAsync(Principal.LocalOwner, new SignalRequest(id, "gate", null));
        await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal("7", (await engine.StatusAsync(id)).Execution.Output!["out"]!.ToJsonString());
    }

    [Fact]
    public async Task Pins_OfAStepThatDecides_OrOfNone_AreRefusedWithTheirPlace()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""{"name":"w","steps":[{"name":"if","type":"conditional","conditions":[{"if":"true","then":"x"}]},{"name":"x","type":"transform","value":1}]}""");

        var refused = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(engine, new StartRequest(workflow) { Pins = Pins("""{"if":1,"nobody":2}""") }));

        Assert.Equal([("/pins/if", "not_pinnable"), ("/pins/nobody", "unknown_step")], refused.Problem.Details.Select(detail => (detail.Pointer, detail.Rule)));
    }

    [Theory]
    [InlineData("schedule")]
    [InlineData("webhook")]
    public async Task Triggers_CannotCarryPins(string trigger)
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""{"name":"w","steps":[{"name":"x","type":"transform","value":1}]}""");

        var refused = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(engine, new StartRequest(workflow) { TriggeredBy = trigger, Pins = Pins("""{"x":2}""") }));

        Assert.Equal(ProblemCodes.InvalidRequest, refused.Problem.Code);
    }

    [Fact]
    public async Task Version_OfADraft_RunsForWhoMayWrite_AndForNobodyElse()
    {
        await using var engine = await EngineHost.StartAsync();
        var workflow = await engine.SaveAsync("""{"name":"w","status":"draft","steps":[{"name":"x","type":"transform","value":1}]}""");
        var runner = new Principal("user_operator", new HashSet<Permission> { Permission.Read, Permission.Run });

        await Assert.ThrowsAsync<ProblemException>(() => RunAsync(engine, new StartRequest(workflow)));
        var refused = await Assert.ThrowsAsync<ProblemException>(() => engine.Get<StartExecution>().RunAsync(runner, new StartRequest(workflow) { Version = 1 }));
        Assert.Equal(ProblemCodes.Forbidden, refused.Problem.Code);
        var unknown = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(engine, new StartRequest(workflow) { Version = 9 }));
        Assert.Equal("unknown_version", unknown.Problem.Details[0].Rule);
        var id = await RunAsync(engine, new StartRequest(workflow) { Version = 1 });

        Assert.Equal("completed", (await engine.StatusAsync(id)).Status);
    }

    private static async Task<string> RunAsync(EngineHost engine, StartRequest request)
    {
        var id = (await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, request)).Row.Id;
        Assert.NotNull(await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        return id;
    }

    private static JsonObject Pins(string json) => (JsonObject)JsonNode.Parse(json)!;
}
