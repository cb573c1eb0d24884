using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions;

/// <summary>Failures through the real engine: rows, events and the ledger agree.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("""{"name":"a","type":"transform","set":{"x":"{{ input.missing }}"},"on_error":"tidy"},{"name":"tidy","type":"transform","depends_on":[],"set":{"why":"{{ steps.a.error.code }}"}}""", "")]
    [InlineData("""{"name":"a","type":"http_request","url":"http://127.0.0.1:9/","on_error":"tidy"},{"name":"tidy","type":"transform","depends_on":[],"set":{"why":"{{ steps.a.error.code }}"}}""", "")]
    [InlineData("""{"name":"a","type":"transform","set":{"x":"{{ input.missing }}"}},{"name":"tidy","type":"transform","depends_on":["a"],"set":{"why":"{{ steps.a.error.code }}"}}""", ""","error_handling":{"on_failure":"continue"}""")]
    public async Task FailedStep_ThatIsPassedOver_TellsWhatFollowsWhy(string steps, string handling)
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync($$"""{"name":"w","steps":[{{steps}}]{{handling}}}""");
        var status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, id, includeMetrics: false, includeOutput: true);
        Assert.Equal("completed", status.Status);
        Assert.Equal("a", Assert.Single(status.FailedSteps).Name);
        Assert.Equal(status.FailedSteps[0].Error!.Code, status.Execution.Output!["tidy"]!["why"]!.GetValue<string>());
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task Pause_OnFailure_WaitsForSomebody_AndCancelEndsIt()
    {
        await using var engine = await EngineHost.StartAsync();
        var saved = await engine.Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, (JsonObject)JsonNode.Parse("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":"{{ input.missing }}"}}],"error_handling":{"on_failure":"pause"}}""")!);
        var started = await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(saved.Row.Id));
        var status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, started.Row.Id, includeMetrics: false);
        Assert.Equal(("paused", "resume"), (status.Status, status.CurrentStep!.WaitingFor));
        await StoredTruth.CheckAsync(engine.Database);

        var control = engine.Get<ControlExecution>();
        await control.ResumeAsync(Principal.LocalOwner, started.Row.Id);
        status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, started.Row.Id, includeMetrics: false);
        Assert.Equal(("paused", 2), (status.Status, status.CurrentStep!.Attempt));
        await control.CancelAsync(Principal.LocalOwner, started.Row.Id, null);
        status = await engine.Get<GetStatus>().RunAsync(Principal.LocalOwner, started.Row.Id, includeMetrics: false);
        Assert.Equal("cancelled", status.Status);
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task Compensate_IsSavedAsADraft_AndRefusedAtActivation()
    {
        await using var engine = await EngineHost.StartAsync();
        var saved = await engine.Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, (JsonObject)JsonNode.Parse("""{"name":"w","steps":[{"name":"a","type":"transform","set":{"x":1}}],"error_handling":{"on_failure":"compensate"}}""")!);
        Assert.Equal("draft", saved.Row.Status);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => engine.Get<ChangeWorkflowStatus>().RunAsync(Principal.LocalOwner, saved.Row.Id, "active"));
        Assert.Contains("compensate", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DifferentAgent_OnEachRetry_UntilNobodyIsLeft()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync("""{"name":"w","steps":[{"name":"fetch","type":"agent","agent_type":"researcher","retry_attempts":2,"config":{"skill":"extract","dataset":"no_such_dataset"}}],"error_handling":{"on_failure":"retry_with_different_agent","max_retries":1}}""");
        await using var context = engine.Database.Read();
        var agents = await context.Events.Where(row => row.Stream == id && row.Type == "agent_assigned").Select(row => row.AgentId).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(agents.Distinct(), agents);
        Assert.Equal("failed", (await context.Executions.SingleAsync(row => row.Id == id, TestContext.Current.CancellationToken)).Status);
        await StoredTruth.CheckAsync(engine.Database);
    }
}
