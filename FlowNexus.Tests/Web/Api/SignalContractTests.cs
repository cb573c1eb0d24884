using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

[Collection(ServerGroup.Name)]
public sealed class SignalContractTests(SqliteServerFixture server)
{
    private const string Waits = """{"name":"waits for approval","steps":[{"name":"approval","type":"wait_for_signal"},{"name":"after","type":"transform","value":"{{ steps.approval.output.data.by }}"}]}""";

    [Fact]
    public async Task Signal_CompletesTheStepThatWaits_WithWhoSentItAndWhat()
    {
        var id = await BeginAsync(Waits);
        await WaitsAsync(id);
        var sent = await server.Api.PostAsync($"executions/{id}/signals/approval", """{"data":{"by":"Ada"}}""");
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal("delivered approval 1", $"{sent.Body.Text("outcome")} {sent.Body.Text("step")} {sent.Body["number"]}");
        var ended = await server.Api.EndOfAsync(id);
        Assert.Equal("""{"after":"Ada"}""", ended["execution"]!["output"]!.ToJsonString());
        var output = (await server.Api.GetAsync($"executions/{id}/steps/approval/output")).Body;
        Assert.Equal("approval", output.Text("signal"));
        Assert.Equal("Ada", output["data"]!["by"]!.GetValue<string>());
        Assert.Equal("user_local", output.Text("by"));
    }

    [Fact]
    public async Task Signal_WithTheSameKey_CountsOnceEvenAfterTheEnd()
    {
        var id = await BeginAsync(Waits);
        await WaitsAsync(id);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            var sent = await server.Api.PostAsync($"executions/{id}/signals/approval", """{"data":{"by":"Ada"}}""", ("Idempotency-Key", "once"));
            Assert.Equal((HttpStatusCode.OK, "delivered"), (sent.Status, sent.Body.Text("outcome")));
            await server.Api.EndOfAsync(id);
        }

        var other = await server.Api.PostAsync($"executions/{id}/signals/approval", """{"data":{"by":"Bob"}}""", ("Idempotency-Key", "once"));
        Assert.Equal((HttpStatusCode.Conflict, "CONFLICT"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Signal_ThatNobodyCouldTake_IsRefusedWithTheReason()
    {
        Assert.Equal("EXECUTION_NOT_FOUND", (await server.Api.PostAsync("executions/exec_no/signals/x", "{}")).Code);
        var id = await BeginAsync(Waits);
        var unknown = await server.Api.PostAsync($"executions/{id}/signals/aproval", "{}");
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (unknown.Status, unknown.Code));
        Assert.Contains("approval", unknown.Body.Text("message"), StringComparison.Ordinal);
        var large = await server.Api.PostAsync($"executions/{id}/signals/approval", $$"""{"data":"{{new string('x', 70_000)}}"}""");
        Assert.Equal("INVALID_REQUEST", large.Code);
        var stray = await server.Api.PostAsync($"executions/{id}/signals/approval", """{"dat":1}""");
        Assert.Equal("INVALID_REQUEST", stray.Code);
        await server.Api.PostAsync($"executions/{id}/cancel", "{}");
        await server.Api.EndOfAsync(id);
        Assert.Equal("CONFLICT", (await server.Api.PostAsync($"executions/{id}/signals/approval", "{}")).Code);
    }

    private async Task<string> BeginAsync(string definition) => await server.Api.StartAsync(await server.Api.CreateAsync(definition));

    private Task WaitsAsync(string id) => server.Api.UntilAsync(id, status => status.Text("status") == "waiting");
}
