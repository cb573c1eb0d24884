using System.Collections.Concurrent;
using System.Text;
using FlowNexus.Tests.Http;
using Microsoft.AspNetCore.Builder;

namespace FlowNexus.Tests.Kit;

/// <summary>A collector that speaks OTLP over HTTP and keeps the spans.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private LoopbackServer? _server;

    public IReadOnlyList<CollectedSpan> Spans => [.. _spans];

    /// <summary>What a server process needs to send here.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = _server!.Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
    };

    public static async Task<OtlpCollector> StartAsync()
    {
        var collector = new OtlpCollector();
        collector._server = await LoopbackServer.StartAsync(app => app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            if (context.Request.Path == "/v1/traces") collector.Take(body.ToArray());
        }));
        return collector;
    }

    /// <summary>Waits until the spans are as wanted.</summary>
    public async Task<IReadOnlyList<CollectedSpan>> UntilAsync(Func<IReadOnlyList<CollectedSpan>, bool> wanted)
    {
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);
        while (!wanted(Spans))
        {
            Assert.True(TimeProvider.System.GetUtcNow() < until, $"They did not come: {string.Join("; ", Spans)}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }

        return Spans;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    /// <summary>ExportTraceServiceRequest.resource_spans(1).scope_spans(2).spans(2).</summary>
    private void Take(byte[] request)
    {
        foreach (var resource in Fields(request, 1))
            foreach (var scope in Fields(resource, 2))
                foreach (var span in Fields(scope, 2))
                    _spans.Enqueue(new CollectedSpan(Hex(span, 1), Hex(span, 2), Hex(span, 4), Encoding.UTF8.GetString(Fields(span, 5).Single())));
    }

    private static string Hex(byte[] message, int field) => Fields(message, field).SingleOrDefault() is { } bytes ? Convert.ToHexStringLower(bytes) : "";

    /// <summary>The length-delimited fields of a protocol buffer with one number.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int wanted)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    if (key >> 3 == (ulong)wanted) yield return message[at..(at + length)];
                    at += length;
                    break;
            }
        }
    }

    private static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}

/// <param name="Parent">Empty for a root.</param>
internal sealed record CollectedSpan(string Trace, string Id, string Parent, string Name);
