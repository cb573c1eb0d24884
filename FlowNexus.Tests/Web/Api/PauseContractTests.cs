using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

/// <summary>Pausing, retrying and files on servers of their own: a paused system would stop everybody else's tests.</summary>
public sealed class PauseContractTests
{
    private const string Pure = """{"name":"pure","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""";
    private const string FailsUntilThereIsAFile = """{"name":"loads","steps":[{"name":"first","type":"transform","depends_on":[],"set":{"x":1}},{"name":"load","type":"agent","depends_on":["first"],"config":{"skill":"extract","file":"/in/rows.csv"}}]}""";

    [Fact]
    public async Task Pauses_HoldWhatTheySay_SurviveAKill_AndSayWho()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-pauses-").FullName;
        string workflow, other, queued, held;
        await using (var server = await ServerProcess.StartAsync(folder))
        {
            using var api = new ApiClient(server.Address);
            workflow = await api.CreateAsync(Pure);
            other = await api.CreateAsync(Pure);
            await OkAsync(api.PostAsync("queues/workflow_executions/pause", """{"reason":"full disk"}"""));
            Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync("queues/workflow_executions/pause")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync("queues/nowhere/pause")).Status);
            queued = await api.StartAsync(workflow);
            held = await api.StartAsync(other);
            await OkAsync(api.PostAsync($"workflows/{other}/pause", """{"reason":"wrong data"}"""));
            Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync($"workflows/{other}/pause")).Status);
            await OkAsync(api.PostAsync("system/pause", """{"reason":"maintenance"}"""));
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.StartAsync(folder))
        {
            using var api = new ApiClient(server.Address);
            var system = (await api.GetAsync("system")).Body;
            Assert.Equal(("paused", "user_local", "maintenance"), (system.Text("state"), system.Text("by"), system.Text("reason")));
            Assert.Equal("full disk", (await api.GetAsync("queues?queue_name=workflow_executions")).Body["queues"]![0]!["paused"]!.Text("reason"));
            Assert.Equal("wrong data", (await api.GetAsync($"workflows/{other}")).Body["paused"]!.Text("reason"));
            Assert.Equal("queued", (await api.GetAsync($"executions/{queued}")).Body.Text("status"));
            await OkAsync(api.PostAsync("queues/workflow_executions/resume"));
            Assert.Equal("queued", (await api.GetAsync($"executions/{queued}")).Body.Text("status"));
            await OkAsync(api.PostAsync("system/resume"));
            Assert.Equal(HttpStatusCode.Conflict, (await api.PostAsync("system/resume")).Status);
            Assert.Equal("completed", (await api.EndOfAsync(queued)).Text("status"));
            Assert.Equal("queued", (await api.GetAsync($"executions/{held}")).Body.Text("status"));
            await OkAsync(api.PostAsync($"workflows/{other}/resume"));
            Assert.Equal("completed", (await api.EndOfAsync(held)).Text("status"));
            foreach (var stream in new[] { "system", "queue_workflow_executions", other }) Assert.True((await api.GetAsync($"audit/{stream}/verify")).Body["valid"]!.GetValue<bool>());
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Workflow_PausedWithWhatRuns_ResumesOnlyThat()
    {
        await using var server = await OwnServer.StartAsync();
        var workflow = await server.Api.CreateAsync("""{"name":"nap","steps":[{"name":"nap","type":"delay","duration":"1s"},{"name":"b","type":"transform","set":{"x":2}}]}""");
        var alone = await server.Api.StartAsync(workflow);
        await OkAsync(server.Api.PostAsync($"executions/{alone}/pause", """{"reason":"mine"}"""));
        var together = await server.Api.StartAsync(workflow);
        await OkAsync(server.Api.PostAsync($"workflows/{workflow}/pause", """{"include_running":true}"""));
        Assert.Equal("paused", (await server.Api.GetAsync($"executions/{together}")).Body.Text("status"));
        Assert.Equal("WORKFLOW_NOT_ACTIVE", (await server.Api.PostAsync($"workflows/{workflow}/execute")).Code);
        await OkAsync(server.Api.PostAsync($"workflows/{workflow}/resume", """{"include_running":true}"""));
        Assert.Equal("completed", (await server.Api.EndOfAsync(together)).Text("status"));
        Assert.Equal("mine", (await server.Api.GetAsync($"executions/{alone}")).Body["execution"]!["paused"]!.Text("reason"));
    }

    [Fact]
    public async Task TaskThatWaitsForAnAgent_StaysPut_WhilePaused()
    {
        await using var server = await OwnServer.StartAsync();
        await OkAsync(server.Api.PostAsync("queues/agent_assignments/pause"));
        var execution = await server.Api.StartAsync(await server.Api.CreateAsync("""{"name":"w","steps":[{"name":"load","type":"agent","config":{"skill":"extract","dataset":"small_sample"}}]}"""));
        await server.Api.UntilAsync(execution, status => status["current_step"]?["waiting_for"]?.GetValue<string>() == "agent");
        await OkAsync(server.Api.PostAsync($"executions/{execution}/pause"));
        await OkAsync(server.Api.PostAsync("queues/agent_assignments/resume"));
        var other = await server.Api.StartAsync(await server.Api.CreateAsync("""{"name":"v","steps":[{"name":"load","type":"agent","config":{"skill":"extract","dataset":"small_sample"}}]}"""));
        Assert.Equal("completed", (await server.Api.EndOfAsync(other)).Text("status"));
        var still = (await server.Api.GetAsync($"executions/{execution}")).Body;
        Assert.Equal(("paused", "agent"), (still.Text("status"), still["current_step"]!.Text("waiting_for")));
        await OkAsync(server.Api.PostAsync($"executions/{execution}/resume"));
        Assert.Equal("completed", (await server.Api.EndOfAsync(execution)).Text("status"));
    }

    [Fact]
    public async Task Retry_TakesOverWhatCompleted_KeepsTheLine_AndFilesFeedIt()
    {
        await using var server = await OwnServer.StartAsync();
        var api = server.Api;
        var failed = await api.StartAsync(await api.CreateAsync(FailsUntilThereIsAFile));
        Assert.Equal("failed", (await api.EndOfAsync(failed)).Text("status"));
        using (var content = new ByteArrayContent(Encoding.UTF8.GetBytes("id,name\n1,a\n2,b\n")))
        using (var uploaded = await api.Http.PostAsync(new Uri("files?path=/in/rows.csv", UriKind.Relative), content, TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.Created, uploaded.StatusCode);

        var first = await api.PostAsync($"executions/{failed}/retry", "{}", ("Idempotency-Key", "once"));
        var again = await api.PostAsync($"executions/{failed}/retry", "{}", ("Idempotency-Key", "once"));
        Assert.Equal((HttpStatusCode.Accepted, failed), (first.Status, first.Body.Text("retry_of")));
        var retry = first.Body.Text("execution_id");
        Assert.Equal(retry, again.Body.Text("execution_id"));
        Assert.Equal("completed", (await api.EndOfAsync(retry)).Text("status"));
        var types = (await api.GetAsync($"audit?execution_id={retry}&limit=100")).Body["events"]!.AsArray();
        Assert.Contains(types, one => one!.Text("type") == "step_reused" && one!.Text("step_name") == "first");
        Assert.Contains((await api.GetAsync($"audit?execution_id={failed}&limit=100")).Body["events"]!.AsArray(), one => one!.Text("type") == "execution_retried" && one!["details"]!.Text("reason") == retry);
        foreach (var stream in new[] { failed, retry, "files" }) Assert.True((await api.GetAsync($"audit/{stream}/verify")).Body["valid"]!.GetValue<bool>());
        Assert.Equal("CONFLICT", (await api.PostAsync($"executions/{retry}/retry")).Code);
        Assert.Equal("INVALID_REQUEST", (await api.PostAsync($"executions/{failed}/retry", """{"from":"middle"}""")).Code);
        Assert.Equal("EXECUTION_NOT_FOUND", (await api.PostAsync("executions/exec_none/retry")).Code);
    }

    [Fact]
    public async Task Files_AreKeptListedReadAndDeleted_AndNothingLeadsOut()
    {
        await using var server = await OwnServer.StartAsync();
        var http = server.Api.Http;
        var cancel = TestContext.Current.CancellationToken;
        using (var form = new MultipartFormDataContent { { new ByteArrayContent([1, 2]), "file", "a.bin" }, { new ByteArrayContent([3]), "file", "b.bin" } })
        using (var uploaded = await http.PostAsync(new Uri("files?path=/some/where", UriKind.Relative), form, cancel))
            Assert.Equal(2, JsonNode.Parse(await uploaded.Content.ReadAsStringAsync(cancel))!["files"]!.AsArray().Count);
        Assert.Equal([1, 2], await http.GetByteArrayAsync(new Uri("files/some/where/a.bin", UriKind.Relative), cancel));
        Assert.Equal(2, (await server.Api.GetAsync("files?prefix=/some/")).Body["total_count"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, (await server.Api.SendAsync(HttpMethod.Delete, "files/some/where/a.bin", null)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Api.GetAsync("files/some/where/a.bin")).Status);
        Assert.Equal("INVALID_INPUT_DATA", (await server.Api.PostAsync("files?path=/../../etc/passwd", "x")).Code);
        Assert.Equal("INVALID_INPUT_DATA", (await server.Api.GetAsync("files/a%5C..%5Cb")).Code);
        Assert.Equal("NOT_FOUND", (await server.Api.GetAsync("files/a%2F..%2F..%2F..%2Fdata%2Fflownexus.db")).Code);
        Assert.Equal("INVALID_REQUEST", (await server.Api.PostAsync("files", "x")).Code);
    }

    private static async Task OkAsync(Task<Answer> asked)
    {
        var answer = await asked;
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToJsonString());
    }

    private sealed class OwnServer(ServerProcess process, string folder) : IAsyncDisposable
    {
        public ApiClient Api { get; } = new(process.Address);

        public static async Task<OwnServer> StartAsync()
        {
            var folder = Directory.CreateTempSubdirectory("flownexus-own-").FullName;
            return new OwnServer(await ServerProcess.StartAsync(folder), folder);
        }

        public async ValueTask DisposeAsync()
        {
            Api.Dispose();
            await process.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
