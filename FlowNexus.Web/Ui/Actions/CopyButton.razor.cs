using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Actions;

/// <summary>Copies, and says so for a moment.</summary>
public sealed partial class CopyButton(Clipboard clipboard, TimeProvider time) : ComponentBase, IDisposable
{
    private static readonly TimeSpan Shown = TimeSpan.FromSeconds(1.5);

    private ITimer? _back;
    private bool _copied;

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>What the button is called.</summary>
    [Parameter]
    public string Label { get; set; } = "Copy";

    /// <summary>A word beside the icon.</summary>
    [Parameter]
    public string? Word { get; set; }

    public void Dispose() => _back?.Dispose();

    private async Task Copy()
    {
        _copied = await clipboard.CopyAsync(Text);
        _back?.Dispose();
        _back = time.CreateTimer(_ => _ = InvokeAsync(() =>
        {
            _copied = false;
            StateHasChanged();
        }), null, Shown, Timeout.InfiniteTimeSpan);
    }
}
