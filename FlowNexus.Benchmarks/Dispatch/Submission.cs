using System.Net;
using System.Text;
using FlowNexus.Benchmarks.Cluster;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Dispatch;

/// <summary>Starts many executions without waiting for their ends.</summary>
internal static class Submission
{
    public const int Clients = 16;

    public static async Task RunAsync(HttpMessageInvoker http, FlowNexusApi api, string workflow, int executions, string body, CancellationToken cancellationToken)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var left = executions;
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Task.Run(ClientAsync, cancellationToken)));

        async Task ClientAsync()
        {
            while (Interlocked.Decrement(ref left) >= 0)
                while (!await TrySubmitAsync()) await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, cancellationToken);
        }

        async Task<bool> TrySubmitAsync()
        {
            using var content = new ReadOnlyMemoryContent(bytes);
            content.Headers.ContentType = FlowNexusApi.Json;
            using var request = new HttpRequestMessage(HttpMethod.Post, api.Execute(workflow)) { Content = content };
            using var response = await http.SendAsync(request, cancellationToken);
            var answer = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (response.StatusCode == HttpStatusCode.TooManyRequests) return false; // The queue is full for the moment.
            if (response.StatusCode != HttpStatusCode.Accepted) throw new BenchmarkException($"POST {request.RequestUri} answered {(int)response.StatusCode}: {Encoding.UTF8.GetString(answer)}");
            return true;
        }
    }

    /// <summary>Until nothing waits in a queue and nothing runs.</summary>
    public static Task UntilAtRestAsync(FlowNexusApi api, CancellationToken cancellationToken) => BenchmarkCluster.UntilAsync(
        api, "queues", seen => seen["queues"]!.AsArray().All(queue => queue!["pending_messages"]!.GetValue<int>() == 0 && queue["processing_messages"]!.GetValue<int>() == 0), cancellationToken);
}
