using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>Somebody else's service that answers one request at a time, so many a second, first come first served.</summary>
internal sealed class PacedAnswers : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<HttpListenerContext> _waiting = new();
    private readonly PeriodicTimer _beat;
    private readonly Task _taking;
    private readonly Task _answering;

    public PacedAnswers(int perSecond)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/");
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        _taking = TakeAsync();
        _answering = AnswerAsync();
    }

    public string Address { get; }

    public async ValueTask DisposeAsync()
    {
        _beat.Dispose();
        _listener.Close();
        await _taking;
        await _answering;
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true) _waiting.Enqueue(await _listener.GetContextAsync());
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            // Closed.
        }
    }

    private async Task AnswerAsync()
    {
        while (await _beat.WaitForNextTickAsync())
        {
            if (!_waiting.TryDequeue(out var request)) continue;
            try
            {
                request.Response.ContentType = "application/json";
                request.Response.Close("{}"u8.ToArray(), willBlock: false);
            }
            catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException)
            {
                // Whoever asked has gone.
            }
        }
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
