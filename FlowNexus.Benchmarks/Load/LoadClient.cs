using System.Diagnostics;
using System.Net;
using System.Text;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Load;

/// <summary>One client: sends an execution, waits for its end, sends the next.</summary>
internal sealed class LoadClient(HttpMessageInvoker http, Uri execute)
{
    private static readonly byte[] Body = """{"input_data":{"n":1},"async":false,"timeout":60000}"""u8.ToArray();

    private byte[] _answer = new byte[16 * 1024];

    /// <summary>Durations in <see cref="Stopwatch"/> ticks.</summary>
    public List<long> Latencies { get; } = new(100_000);

    /// <summary>Until the deadline or the shared budget ends.</summary>
    public async Task RunAsync(LoadLimit limit, CancellationToken cancellationToken)
    {
        while (limit.Take())
        {
            var started = Stopwatch.GetTimestamp();
            await ExecuteAsync(cancellationToken);
            Latencies.Add(Stopwatch.GetTimestamp() - started);
        }
    }

    private async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(Body);
        content.Headers.ContentType = FlowNexusApi.Json;
        using var request = new HttpRequestMessage(HttpMethod.Post, execute) { Content = content };
        using var response = await http.SendAsync(request, cancellationToken);
        var length = await ReadAsync(response, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK || !ExecutionAnswer.SaysCompleted(_answer.AsSpan(0, length)))
            throw new BenchmarkException($"POST {execute} answered {(int)response.StatusCode} without a completed execution: {Encoding.UTF8.GetString(_answer, 0, Math.Min(length, 2000))}");
    }

    private async ValueTask<int> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = 0;
        while (true)
        {
            if (length == _answer.Length) Array.Resize(ref _answer, length * 2);
            var read = await stream.ReadAsync(_answer.AsMemory(length), cancellationToken);
            if (read == 0) return length;
            length += read;
        }
    }
}
