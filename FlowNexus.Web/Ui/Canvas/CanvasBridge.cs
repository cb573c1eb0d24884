using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>Our half of the bridge to the script of one canvas.</summary>
internal sealed class CanvasBridge : IAsyncDisposable
{
    // Well under the 32 KB that a message of the circuit should have.
    private const int LargestPart = 24 * 1024;

    private readonly IJSObjectReference _module;
    private readonly IJSObjectReference _canvas;
    private readonly DotNetObjectReference<CanvasCalls> _calls;
    private readonly CanvasStatusFeed _statuses;
    private readonly CancellationToken _gone;
    private CanvasGraph? _shown;
    private CanvasGraph? _wanted;
    private Task? _showing;
    private int _version;
    private int _sent;

    private CanvasBridge(IJSObjectReference module, IJSObjectReference canvas, DotNetObjectReference<CanvasCalls> calls, TimeProvider time, CancellationToken gone)
    {
        (_module, _canvas, _calls, _gone) = (module, canvas, calls, gone);
        _statuses = new CanvasStatusFeed((statuses, all) => CallAsync("setStatus", statuses, all), time);
    }

    /// <returns>Null when the circuit went away meanwhile.</returns>
    public static async Task<CanvasBridge?> OpenAsync(
        IJSRuntime script, TimeProvider time, ElementReference element, CanvasCalls page, CanvasOptions options, CancellationToken gone)
    {
        var calls = DotNetObjectReference.Create(page);
        try
        {
            var module = await script.InvokeAsync<IJSObjectReference>("import", gone, "./canvas/canvas.js");
            var canvas = await module.InvokeAsync<IJSObjectReference>("mount", gone, element, calls, options);
            return new CanvasBridge(module, canvas, calls, time, gone);
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            calls.Dispose();
            return null;
        }
    }

    /// <summary>Returns when the browser shows this graph or a later one. One message is under way at a time.</summary>
    public Task ShowAsync(CanvasGraph graph)
    {
        _wanted = graph;
        return _showing is { IsCompleted: false } running ? running : _showing = SendAsync();
    }

    public async Task SetStatusesAsync(IEnumerable<CanvasStatus> statuses, bool all)
    {
        try
        {
            await _statuses.PutAsync(statuses, all, _gone);
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }

    public async Task CallAsync(string function, params object?[] parts)
    {
        try
        {
            await _canvas.InvokeVoidAsync(function, _gone, parts);
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            // Nobody looks any more.
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _canvas.InvokeVoidAsync("dispose");
            await _canvas.DisposeAsync();
            await _module.DisposeAsync();
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure))
        {
            // The browser has already thrown it away.
        }

        _calls.Dispose();
    }

    private async Task SendAsync()
    {
        while (_wanted is { } wanted && !ReferenceEquals(wanted, _shown))
        {
            var patch = _shown is null ? CanvasPatch.Everything(wanted, _version + 1) : CanvasPatch.Between(_shown, wanted, _version);
            try
            {
                // A patch that the script did not take, or could not: it gets everything.
                var taken = patch.IsEmpty || await SendAsync(patch.ToBytes());
                if (!taken && patch.Full) return;
                _shown = taken ? wanted : null;
                if (!patch.IsEmpty) _version = patch.Version;
            }
            catch (Exception failure) when (ScriptModule.IsGone(failure))
            {
                return;
            }
            catch (JSException) when (!patch.Full)
            {
                _shown = null;
            }
        }
    }

    private async Task<bool> SendAsync(byte[] bytes)
    {
        // All parts at once: the circuit keeps their order, and waiting for each would cost a round trip each.
        var number = ++_sent;
        var parts = bytes.Chunk(LargestPart).ToArray();
        for (var i = 0; i < parts.Length - 1; i++) _ = PartAsync(number, parts[i]);
        return await _canvas.InvokeAsync<bool>("patch", _gone, number, parts[^1], true);
    }

    private async Task PartAsync(int number, byte[] part)
    {
        try
        {
            await _canvas.InvokeVoidAsync("patch", _gone, number, part, false);
        }
        catch (Exception failure) when (ScriptModule.IsGone(failure) || failure is JSException)
        {
            // The last part's answer tells.
        }
    }
}
