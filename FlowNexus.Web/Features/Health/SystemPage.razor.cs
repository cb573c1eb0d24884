using FlowNexus.Engine.Access;
using FlowNexus.Engine.Health;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Health;

/// <summary>How this node does and why; looked at anew every few seconds.</summary>
public sealed partial class SystemPage(GetVitals vitals, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _gone = new();
    private VitalsView? _vitals;
    private Problem? _failure;
    private ITimer? _timer;

    protected override async Task OnInitializedAsync()
    {
        await ReadAsync();
        if (RendererInfo.IsInteractive) _timer = time.CreateTimer(_ => _ = InvokeAsync(RefreshAsync), null, Pause, Pause);
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
        await _gone.CancelAsync();
        _gone.Dispose();
    }

    private async Task RefreshAsync()
    {
        if (_gone.IsCancellationRequested) return;
        await ReadAsync();
        StateHasChanged();
    }

    private async Task ReadAsync()
    {
        try
        {
            _vitals = await vitals.RunAsync(Principal.LocalOwner, _gone.Token);
            _failure = null;
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
        catch (OperationCanceledException)
        {
            // The page is gone.
        }
    }

    private static string Word(HealthStatus status) => status switch
    {
        HealthStatus.Healthy => "healthy",
        HealthStatus.Degraded => "degraded",
        _ => "unhealthy",
    };

    private static string Title(string check) => string.Concat(check[..1].ToUpperInvariant(), check.AsSpan(1));
}
