using System.Collections.Concurrent;
using FlowNexus.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>The world outside: counts each call by its Idempotency-Key.</summary>
internal sealed class EffectLog : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, int> _calls = new();
    private readonly ConcurrentDictionary<string, int> _failures = new();
    private LoopbackServer? _server;

    public string Address => _server!.Address;

    public IReadOnlyDictionary<string, int> Calls => _calls;

    public static async Task<EffectLog> StartAsync()
    {
        var log = new EffectLog();
        log._server = await LoopbackServer.StartAsync(app =>
        {
            app.MapPost("/effect", (HttpContext context) => Results.Json(new { calls = log.Count(context) }));

            // Fails the first time it hears a key.
            app.MapPost("/flaky", (HttpContext context) =>
            {
                log.Count(context);
                return log._failures.TryAdd(Key(context), 1) ? Results.StatusCode(503) : Results.Json(new { ok = true });
            });
        });
        return log;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private int Count(HttpContext context) => _calls.AddOrUpdate(Key(context), 1, (_, count) => count + 1);

    private static string Key(HttpContext context) => context.Request.Headers["Idempotency-Key"].ToString();
}
