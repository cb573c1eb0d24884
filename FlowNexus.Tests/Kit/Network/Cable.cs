using System.Net.Sockets;

namespace FlowNexus.Tests.Kit.Network;

/// <summary>
/// Joins two networks port by port. While it is cut nothing passes either way and nothing is closed, as with a cable
/// that was pulled: whoever waits for an answer goes on waiting.
/// </summary>
internal sealed class Cable : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _listeners = [];
    private readonly List<Task> _running = [];
    private volatile TaskCompletionSource _whole = Plugged();

    /// <summary>Everything that connects to <paramref name="listener"/> reaches what <paramref name="connect"/> connects to.</summary>
    public void Join(Socket listener, Func<Socket> connect)
    {
        lock (_listeners)
        {
            _listeners.Add(listener);
            _running.Add(AcceptAsync(listener, connect));
        }
    }

    public void Cut() => _whole = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => _whole.TrySetResult();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Mend();
        foreach (var listener in _listeners) listener.Dispose();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private static TaskCompletionSource Plugged()
    {
        var whole = new TaskCompletionSource();
        whole.SetResult();
        return whole;
    }

    private async Task AcceptAsync(Socket listener, Func<Socket> connect)
    {
        List<Task> connections = [];
        try
        {
            while (true)
            {
                var near = await listener.AcceptAsync(_stop.Token);
                connections.Add(Task.Run(() => CarryAsync(near, connect)));
            }
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task CarryAsync(Socket near, Func<Socket> connect)
    {
        using var _ = near;
        try
        {
            await _whole.Task;
            using var far = connect();
            near.NoDelay = true;
            using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(PumpAsync(near, far, both.Token), PumpAsync(far, near, both.Token));
            await both.CancelAsync();
        }
        catch (InvalidOperationException)
        {
            // Nobody listens at the far end; the near end sees its connection closed.
        }
        catch (SocketException)
        {
            // The same, in this network.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, CancellationToken stop)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer, stop) is var read and > 0)
            {
                await _whole.Task.WaitAsync(stop);
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stop);
            }
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end is gone; so is the other, unless the cable is cut.
        }

        await _whole.Task.WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
