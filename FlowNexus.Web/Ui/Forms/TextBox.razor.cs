using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>A box for text that says what was typed after a pause and when it is left.</summary>
public sealed partial class TextBox(TimeProvider time) : ComponentBase, IDisposable
{
    private const int MostRows = 16;
    private const int RowLength = 44;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly TypedText _text = new();
    private ElementReference _element;
    private ITimer? _typing;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnCommit { get; set; }

    /// <summary>0 for a box of one line; otherwise the least number of lines of one that grows.</summary>
    [Parameter]
    public int Lines { get; set; }

    [Parameter]
    public string Type { get; set; } = "text";

    [Parameter]
    public bool Mono { get; set; }

    [Parameter]
    public bool Wrong { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    [Parameter(CaptureUnmatchedValues = true)]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    public ElementReference Element => _element;

    // Browsers that do not size a box by its content are given the rows.
    private int Rows => Math.Clamp(_text.Current.Split('\n').Sum(line => 1 + line.Length / RowLength), Lines, MostRows);

    protected override void OnParametersSet() => _text.Receive(Text);

    public void Dispose() => _typing?.Dispose();

    private void Typed(ChangeEventArgs args)
    {
        _text.Type(args.Value?.ToString() ?? "");
        _typing?.Dispose();
        _typing = time.CreateTimer(_ => _ = InvokeAsync(SendAsync), null, Pause, Timeout.InfiniteTimeSpan);
    }

    private async Task CommitAsync(ChangeEventArgs args)
    {
        _text.Type(args.Value?.ToString() ?? "");
        _text.Settle();
        await SendAsync();
    }

    private async Task SendAsync()
    {
        _typing?.Dispose();
        if (_text.Take() is { } text) await OnCommit.InvokeAsync(text);
    }
}
