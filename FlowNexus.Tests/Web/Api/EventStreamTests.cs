using System.Net.Http.Headers;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class EventStreamTests(ServerFixture server)
{
    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Stream_CutTwentyTimes_ResumesWithoutAGapOrADouble()
    {
        var steps = string.Join(',', Enumerable.Range(0, 30).Select(i => $$"""{"name":"s{{i}}","type":"{{(i % 10 == 9 ? "delay\",\"duration\":\"200ms" : "transform\",\"set\":{\"x\":1},\"description\":\"")}}"}"""));
        var execution = await _api.StartAsync(await _api.CreateAsync($$"""{"name":"streamed","configuration":{"durability":"step"},"steps":[{{steps}}]}"""));
        List<long> seen = [];
        var ended = false;
        for (var cut = 0; !ended; cut++)
        {
            Assert.True(cut < 100, "The stream never ends.");
            ended = await ReadAsync(execution, seen, cut < 20 ? 1 : int.MaxValue);
        }

        var all = (await _api.GetAsync($"audit?execution_id={execution}&limit=1000")).Body["events"]!.AsArray().Select(one => one!["position"]!.GetValue<long>());
        Assert.Equal(all, seen);
    }

    [Fact]
    public async Task Stream_FromNonsense_IsRefused()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync("""{"name":"x","steps":[{"name":"a","type":"transform","set":{"x":1}}]}"""));
        Assert.Equal("INVALID_REQUEST", (await _api.SendAsync(HttpMethod.Get, $"executions/{execution}/events", null, ("Last-Event-ID", "yesterday"))).Code);
    }

    /// <summary>Reads up to so many events after the last one seen, then breaks the connection; true when the execution's end was among them.</summary>
    private async Task<bool> ReadAsync(string execution, List<long> seen, int most)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"executions/{execution}/events");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (seen.Count > 0) request.Headers.Add("Last-Event-ID", seen[^1].ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var response = await _api.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        using var lines = new StreamReader(body);
        for (var read = 0; read < most;)
        {
            var line = await lines.ReadLineAsync(TestContext.Current.CancellationToken) ?? throw new IOException("The server ended the stream.");
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                seen.Add(long.Parse(line.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture));
                read++;
            }
            else if (line == "event: execution_completed")
            {
                return true;
            }
        }

        return false;
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteEventStreamTests(SqliteServerFixture server) : EventStreamTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresEventStreamTests(PostgresServerFixture server) : EventStreamTests(server);
