using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Times;

/// <summary>How long something took; while it lasts, how long it has taken, ticking.</summary>
public sealed partial class Duration(Pulse pulse) : ComponentBase, IDisposable
{
    private IDisposable? _beats;
    private string _shown = "";

    /// <summary>A known length; without it, the time since <see cref="Since"/>.</summary>
    [Parameter]
    public TimeSpan? Length { get; set; }

    /// <summary>When it began, for something that still goes on.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    private string? Title => Length is { } length ? length.ToString("c", CultureInfo.InvariantCulture) : null;

    private bool Ticks => Length is null && Since is not null;

    protected override void OnParametersSet()
    {
        _shown = Words();
        if (Ticks) _beats ??= pulse.Subscribe(MoveOn);
        else Stop();
    }

    public void Dispose() => Stop();

    private void MoveOn()
    {
        if (Words() == _shown) return;
        _ = InvokeAsync(() =>
        {
            _shown = Words();
            StateHasChanged();
        });
    }

    private void Stop()
    {
        _beats?.Dispose();
        _beats = null;
    }

    private string Words() => (Length, Since) switch
    {
        ({ } length, _) => TimeWords.Duration(length),
        (null, { } since) => TimeWords.Ticking(pulse.Now - since),
        _ => "–",
    };
}
