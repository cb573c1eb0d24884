using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class LogContractTests(ServerFixture server)
{
    private const string Definition = """{"name":"logged","steps":[{"name":"read","type":"agent","agent_type":"researcher","config":{"skill":"extract","dataset":"small_sample"}},{"name":"tidy","type":"agent","agent_type":"analyst","config":{"skill":"clean"}}]}""";
    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Logs_OfBuiltInSkills_SayWhatTheyDid()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync(Definition));
        await _api.EndOfAsync(execution);
        var answer = await _api.GetAsync($"executions/{execution}/logs");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        answer.Body.DemandFields("success", "execution_id", "logs", "has_more");
        var lines = answer.Body["logs"]!.AsArray();
        Assert.All(lines, line => line!.DemandFields("id", "time", "level", "step", "attempt", "message"));
        Assert.Contains(lines, line => line!.Text("step") == "read" && line!.Text("message").StartsWith("Read ", StringComparison.Ordinal) && line!["fields"]!["rows"] is not null);
        Assert.Contains(lines, line => line!.Text("step") == "tidy" && line!.Text("message").StartsWith("Cleaned ", StringComparison.Ordinal) && line!["fields"]!["rows_out"] is not null);

        var searched = await _api.GetAsync($"executions/{execution}/logs?step=tidy&level=info&q=CLEANED&limit=1");
        Assert.StartsWith("Cleaned", searched.Body["logs"]![0]!.Text("message"), StringComparison.Ordinal);
        Assert.Equal("INVALID_REQUEST", (await _api.GetAsync($"executions/{execution}/logs?level=shout")).Code);
        Assert.Equal("EXECUTION_NOT_FOUND", (await _api.GetAsync("executions/exec_none/logs")).Code);
    }

    [Fact]
    public async Task Download_IsATextFile_OneLineForEach()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync(Definition));
        await _api.EndOfAsync(execution);
        using var response = await _api.Http.GetAsync(new Uri($"executions/{execution}/logs/download?step=tidy", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(("text/plain", $"{execution}.log"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((await _api.GetAsync($"executions/{execution}/logs?step=tidy")).Body["logs"]!.AsArray().Count, lines.Length);
        Assert.All(lines, line => Assert.Contains(" info    tidy#1 ", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stream_Resumed_GivesTheRestAndSaysWhenItEnds()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync(Definition));
        var all = await ReadAsync(execution, null);
        Assert.Equal((await _api.GetAsync($"executions/{execution}/logs?limit=1000")).Body["logs"]!.AsArray().Select(line => line!["id"]!.GetValue<long>()), all);
        Assert.Equal(all.Skip(2), await ReadAsync(execution, all[1]));
    }

    private async Task<List<long>> ReadAsync(string execution, long? after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"executions/{execution}/logs/stream");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (after is not null) request.Headers.Add("Last-Event-ID", JsonValue.Create(after)!.ToJsonString());
        using var response = await _api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        List<long> seen = [];
        while (await lines.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line == "event: end") return seen;
            if (line.StartsWith("data: ", StringComparison.Ordinal)) seen.Add(JsonNode.Parse(line[6..])!["id"]!.GetValue<long>());
        }

        throw new IOException("The stream broke off without saying that it ends.");
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteLogContractTests(SqliteServerFixture server) : LogContractTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresLogContractTests(PostgresServerFixture server) : LogContractTests(server);
