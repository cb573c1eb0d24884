using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Benchmarks.Server;

/// <summary>The calls around a measurement, where nothing is timed.</summary>
internal sealed class FlowNexusApi(HttpMessageInvoker http, Uri address)
{
    public static readonly MediaTypeHeaderValue Json = new("application/json");

    public async Task<string> CreateWorkflowAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(JsonSerializer.SerializeToUtf8Bytes(definition));
        content.Headers.ContentType = Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address, "/api/v1/workflows")) { Content = content };
        var answer = await SendAsync(request, HttpStatusCode.Created, cancellationToken);
        return answer["workflow_id"]?.GetValue<string>() ?? throw new BenchmarkException($"POST /api/v1/workflows answered without workflow_id: {answer}");
    }

    public Uri Execute(string workflowId) => new(address, $"/api/v1/workflows/{workflowId}/execute");

    /// <summary>How many executions the server has on record, seen page by page: lists count up to some number only.</summary>
    public async Task<long> CountExecutionsAsync(string workflowId, CancellationToken cancellationToken)
    {
        var count = 0L;
        for (var cursor = ""; ;)
        {
            var page = await GetAsync($"executions?workflow_id={workflowId}&limit=200&cursor={cursor}", cancellationToken);
            count += page["executions"]!.AsArray().Count;
            if (page["next_cursor"]?.GetValue<string>() is not { } next) return count;
            cursor = next;
        }
    }

    /// <summary>Starts an execution and does not wait for it.</summary>
    public async Task<string> StartAsync(string workflowId, CancellationToken cancellationToken)
    {
        using var request = Post(Execute(workflowId));
        return (await SendAsync(request, HttpStatusCode.Accepted, cancellationToken))["execution_id"]!.GetValue<string>();
    }

    public Task CancelAsync(string executionId, CancellationToken cancellationToken) => PostAsync($"executions/{executionId}/cancel", cancellationToken);

    public async Task PostAsync(string path, CancellationToken cancellationToken)
    {
        using var request = Post(new Uri(address, $"/api/v1/{path}"));
        await BytesAsync(request, HttpStatusCode.OK, cancellationToken);
    }

    private static HttpRequestMessage Post(Uri to)
    {
        var content = new ByteArrayContent("{}"u8.ToArray());
        content.Headers.ContentType = Json;
        return new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
    }

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    public async Task<JsonNode> GetAsync(string path, CancellationToken cancellationToken) => JsonNode.Parse(await GetBytesAsync(path, cancellationToken))!;

    public async Task<byte[]> GetBytesAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(address, $"/api/v1/{path}"));
        return await BytesAsync(request, HttpStatusCode.OK, cancellationToken);
    }

    private async Task<JsonNode> SendAsync(HttpRequestMessage request, HttpStatusCode expected, CancellationToken cancellationToken) =>
        JsonNode.Parse(await BytesAsync(request, expected, cancellationToken))!;

    private async Task<byte[]> BytesAsync(HttpRequestMessage request, HttpStatusCode expected, CancellationToken cancellationToken)
    {
        using var response = await http.SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode != expected) throw new BenchmarkException($"{request.Method} {request.RequestUri} answered {(int)response.StatusCode}, not {(int)expected}: {Encoding.UTF8.GetString(body)}");
        return body;
    }
}
