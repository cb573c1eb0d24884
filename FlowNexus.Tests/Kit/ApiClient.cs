using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowNexus.Tests.Kit;

/// <summary>Speaks REST as any stranger would: paths and JSON, no class of the product.</summary>
internal sealed class ApiClient(Uri address, HttpMessageHandler? through = null) : IDisposable
{
    public HttpClient Http { get; } = new(through ?? new SocketsHttpHandler()) { BaseAddress = new Uri(address, "/api/v1/"), Timeout = TimeSpan.FromSeconds(100) };

    public void Dispose() => Http.Dispose();

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<Answer> PostAsync(string path, string json = "{}", params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, path, json, headers);

    public async Task<Answer> SendAsync(HttpMethod method, string path, string? json, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)!.AsObject() : [], response.Headers.ETag?.Tag, response.Headers.RetryAfter?.Delta);
    }

    /// <summary>Creates a workflow and returns its id.</summary>
    public async Task<string> CreateAsync(string definition)
    {
        var created = await PostAsync("workflows", definition);
        Assert.True(created.Status == HttpStatusCode.Created, created.Body.ToJsonString());
        return created.Body.Text("workflow_id");
    }

    /// <summary>Starts an execution and returns its id.</summary>
    public async Task<string> StartAsync(string workflowId, string body = "{}")
    {
        var started = await PostAsync($"workflows/{workflowId}/execute", body);
        Assert.True(started.Status == HttpStatusCode.Accepted, started.Body.ToJsonString());
        return started.Body.Text("execution_id");
    }

    /// <summary>The status of an execution once it has ended.</summary>
    public async Task<JsonObject> EndOfAsync(string executionId, int rounds = 10)
    {
        for (var round = 1; ; round++)
        {
            var answer = await GetAsync($"executions/{executionId}/wait?timeout=10000&include_metrics=true");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Body.ToJsonString());
            if (answer.Body["finished_at"] is not null || round == rounds) return answer.Body;
        }
    }

    /// <summary>Waits until the status of an execution is as wanted.</summary>
    public async Task<JsonObject> UntilAsync(string executionId, Func<JsonObject, bool> wanted)
    {
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var body = (await GetAsync($"executions/{executionId}")).Body;
            if (wanted(body)) return body;
            Assert.False(enough.IsCancellationRequested, body.ToJsonString());
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}

internal sealed record Answer(HttpStatusCode Status, JsonObject Body, string? ETag, TimeSpan? RetryAfter)
{
    public string? Code => Body["code"]?.GetValue<string>();
}

internal static class JsonReading
{
    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static double Number(this JsonNode node, string name) => node[name]!.GetValue<double>();

    /// <summary>Fails with the whole document when a field of the contract is missing.</summary>
    public static void DemandFields(this JsonNode node, params string[] names) =>
        Assert.All(names, name => Assert.True(node.AsObject().ContainsKey(name), $"\"{name}\" is missing in {node.ToJsonString()}"));
}
