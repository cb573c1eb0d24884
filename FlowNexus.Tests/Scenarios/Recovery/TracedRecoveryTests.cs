using System.Collections.Concurrent;
using FlowNexus.Tests.Http;
using FlowNexus.Tests.Kit;
using Microsoft.AspNetCore.Builder;

namespace FlowNexus.Tests.Scenarios.Recovery;

public sealed class TracedRecoveryTests : IDisposable
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";
    private const string Caller = "b7ad6b7169203331";

    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-traced-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task ServerKilledInTheMiddle_TheNextGoesOnInTheSameTrace_AndCallsOutWithIt()
    {
        await using var collector = await OtlpCollector.StartAsync();
        var called = new ConcurrentQueue<string>();
        await using var target = await LoopbackServer.StartAsync(app => app.Run(context =>
        {
            called.Enqueue(context.Request.Headers.TraceParent.ToString());
            return Task.CompletedTask;
        }));
        var definition = $$$"""{"name":"traced","steps":[{"name":"before","type":"http_request","config":{"url":"{{{target.Address}}}/a"}},{"name":"rest","type":"delay","duration":"4s"},{"name":"after","type":"http_request","config":{"url":"{{{target.Address}}}/b"}}]}""";
        string execution;
        await using (var server = await StartAsync(collector))
        {
            using var api = new ApiClient(server.Address);
            var workflow = await api.CreateAsync(definition);
            execution = (await api.PostAsync($"workflows/{workflow}/execute", """{"async":true}""", ("traceparent", $"00-{Trace}-{Caller}-01"))).Body.Text("execution_id");
            await collector.UntilAsync(spans => spans.Any(span => span.Name == "execution traced"));
            await server.KillAsync();
        }

        await using (var server = await StartAsync(collector))
        {
            using var api = new ApiClient(server.Address);
            var ended = await api.EndOfAsync(execution);
            Assert.Equal(("completed", Trace), (ended.Text("status"), ended["execution"]!.Text("trace_id")));
            var spans = await collector.UntilAsync(spans => spans.Count(span => span.Name == "execution traced") >= 2 && spans.Any(span => span.Name == "step after"));
            Assert.All(spans, span => Assert.Equal(Trace, span.Trace));
            var root = Assert.Single(spans, span => span.Parent == Caller);
            Assert.Contains(spans, span => span.Name == "execution traced" && span.Parent == root.Id);
            var byId = spans.ToDictionary(span => span.Id);
            foreach (var (step, header) in new[] { "before", "after" }.Zip(called))
            {
                var attempt = byId[header.Split('-')[2]];
                Assert.Equal(("attempt 1", $"step {step}"), (attempt.Name, byId[attempt.Parent].Name));
                Assert.StartsWith($"00-{Trace}-", header, StringComparison.Ordinal);
            }

            Assert.Equal(2, called.Count);
        }
    }

    private Task<ServerProcess> StartAsync(OtlpCollector collector) => ServerProcess.StartAsync(_folder, ["--FlowNexus:Http:AllowedHosts:0=127.0.0.1"], collector.Environment);
}
