using System.Collections.Concurrent;
using FlowNexus.Tests.Http;
using FlowNexus.Tests.Kit;
using Microsoft.AspNetCore.Builder;

namespace FlowNexus.Tests.Telemetry;

public sealed class TracePropagationTests : IDisposable
{
    private const string Given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-propagation-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Execute_WithACallersSpan_PassesAValidOneOn_WithoutACollectorToo()
    {
        var called = new ConcurrentQueue<string>();
        await using var target = await LoopbackServer.StartAsync(app => app.Run(context =>
        {
            called.Enqueue(context.Request.Headers.TraceParent.ToString());
            return Task.CompletedTask;
        }));
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:Http:AllowedHosts:0=127.0.0.1");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync($$$"""{"name":"passes on","steps":[{"name":"call","type":"http_request","config":{"url":"{{{target.Address}}}"}}]}""");
        string[] wrong = ["00-00000000000000000000000000000000-b7ad6b7169203331-01", "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01", "nonsense"];
        foreach (var header in wrong.Prepend(Given))
        {
            var expected = header == Given ? Given : null;
            var execution = (await api.PostAsync($"workflows/{workflow}/execute", """{"async":true}""", ("traceparent", header))).Body.Text("execution_id");
            var ended = await api.UntilAsync(execution, status => status.Text("status") == "completed");
            Assert.True(called.TryDequeue(out var passed));
            Assert.Equal(expected ?? "", passed);
            Assert.Equal(expected?.Split('-')[1], ended["execution"]!["trace_id"]?.GetValue<string>());
        }
    }

    [Fact]
    public async Task Collector_ThatIsNoAddress_EndsTheStartWithASentence()
    {
        var (exitCode, output) = await ServerProcess.RunToEndAsync(_folder, "--OTEL_EXPORTER_OTLP_ENDPOINT=collector:4317");
        Assert.Equal(1, exitCode);
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT must be", output, StringComparison.Ordinal);
    }
}
