using Microsoft.AspNetCore.Components;
using FlowNexus.Web.Shell;

namespace FlowNexus.Web.Ui.Times;

/// <summary>A moment, relative and moving on by itself; the exact one, in the viewer's zone, on hover.</summary>
public sealed partial class RelativeTime(Pulse pulse, Viewer viewer) : ComponentBase, IDisposable
{
    private IDisposable? _beats;
    private string _shown = "";

    [Parameter, EditorRequired]
    public required DateTimeOffset At { get; set; }

    protected override void OnInitialized()
    {
        viewer.Changed += ZoneChanged;
        _beats = pulse.Subscribe(MoveOn);
    }

    protected override void OnParametersSet() => _shown = Words();

    public void Dispose()
    {
        viewer.Changed -= ZoneChanged;
        _beats?.Dispose();
    }

    private void MoveOn()
    {
        // On the pool's thread: only what would look different goes through the circuit.
        if (Words() == _shown) return;
        _ = InvokeAsync(() =>
        {
            _shown = Words();
            StateHasChanged();
        });
    }

    private void ZoneChanged(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        _shown = Words();
        StateHasChanged();
    });

    private string Words() => TimeWords.Relative(At, pulse.Now, viewer.Zone);
}
