using System.Net;
using System.Text.Json.Nodes;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Retention;

/// <summary>What a caller sees of an execution that retention has reduced.</summary>
public sealed class RetentionContractTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-retention-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ReducedExecution_AnswersItsSummaryAnd410ForTheRest()
    {
        await using var server = await ServerProcess.StartAsync(_folder,
            "--FlowNexus:Retention:IntervalSeconds=1", "--FlowNexus:Retention:ExecutionsDays=0.00003", "--FlowNexus:Retention:ArtifactsDays=0.00003");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"report","steps":[{"name":"extract","type":"agent","agent_type":"researcher","description":"Extract data"},{"name":"report","type":"agent","agent_type":"coder","description":"Generate a report"}]}""");
        var id = await api.StartAsync(workflow, """{"input_data":{"dataset":"small_sample","output_format":"json"}}""");
        Assert.Equal("completed", (await api.EndOfAsync(id)).Text("status"));

        var status = await api.UntilAsync(id, body => !body["retained"]!.GetValue<bool>());

        Assert.Equal("completed", status.Text("status"));
        Assert.Empty(status["completed_steps"]!.AsArray());
        Assert.False(status["execution"]!["retained"]!.GetValue<bool>());
        Assert.Equal(2, status["execution"]!["steps_completed"]!.GetValue<int>());
        Assert.False((await api.GetAsync($"executions/{id}/steps")).Body["retained"]!.GetValue<bool>());
        await RefusesAsync(api, $"executions/{id}/input", "EXECUTION_EXPIRED");
        await RefusesAsync(api, $"executions/{id}/steps/extract/output", "EXECUTION_EXPIRED");
        var artifacts = (await api.GetAsync($"executions/{id}/artifacts")).Body["artifacts"]!.AsArray();
        Assert.NotEmpty(artifacts);
        foreach (JsonNode? artifact in artifacts) await RefusesAsync(api, $"artifacts/{artifact!.Text("artifact_id")}", "ARTIFACT_EXPIRED");
        Assert.True((await api.GetAsync($"audit/{id}/verify")).Body["valid"]!.GetValue<bool>());
        Assert.True((await api.GetAsync("audit/retention/verify")).Body["valid"]!.GetValue<bool>());
    }

    private static async Task RefusesAsync(ApiClient api, string path, string code)
    {
        var answer = await api.GetAsync(path);
        Assert.Equal((HttpStatusCode.Gone, code), (answer.Status, answer.Code));
    }
}
