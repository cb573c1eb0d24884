using FlowNexus.Web.Ui.Forms.Fields;
using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>A box for expressions that offers what can be named where the caret stands. Ctrl+Space opens, arrows and Enter choose, Esc closes.</summary>
public sealed partial class ExpressionBox(IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    private IReadOnlyList<Completion> _found = [];
    private ElementReference _host;
    private ScriptPart<ExpressionBox>? _caret;
    private int _at;
    private int _offset;
    private int _length;

    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter, EditorRequired]
    public required string Text { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnCommit { get; set; }

    /// <summary>The whole text is an expression; otherwise only what stands in {{ }}.</summary>
    [Parameter]
    public bool IsExpression { get; set; }

    [Parameter]
    public int Lines { get; set; } = 1;

    [Parameter]
    public bool Mono { get; set; }

    [Parameter]
    public bool Wrong { get; set; }

    [Parameter]
    public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    private string ListId => Id + "-found";

    private string Said => _found.Count == 0 ? "" : $"{_found.Count} suggestions; {_found[_at].Label}";

    private Dictionary<string, object> All
    {
        get
        {
            var all = new Dictionary<string, object>(Attributes ?? new Dictionary<string, object>()) { ["aria-autocomplete"] = "list" };
            if (_found.Count == 0) return all;
            all["aria-controls"] = ListId;
            all["aria-activedescendant"] = $"{ListId}-{_at}";
            return all;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        _caret = new ScriptPart<ExpressionBox>(script, this, "./Ui/Forms/ExpressionBox.razor.js", "attach");
        await _caret.StartAsync(_host, IsExpression);
    }

    /// <summary>The script asks what can stand at the caret.</summary>
    /// <param name="before">The text of the expression up to the caret, or its end when that is long.</param>
    /// <param name="offset">Where that begins in the box.</param>
    /// <param name="asked">Somebody pressed Ctrl+Space; otherwise it comes by itself while typing.</param>
    [JSInvokable]
    public void Ask(string before, int offset, bool asked)
    {
        var (found, start) = Completions.At(before, Form.Hints?.Reach ?? [], asked);
        (_found, _at, _offset, _length) = (found, 0, offset + start, before.Length - start);
        StateHasChanged();
    }

    /// <summary>A key that belongs to the open list.</summary>
    [JSInvokable]
    public async Task Key(string key)
    {
        if (_found.Count == 0) return;
        switch (key)
        {
            case "ArrowDown":
                _at = (_at + 1) % _found.Count;
                break;
            case "ArrowUp":
                _at = (_at + _found.Count - 1) % _found.Count;
                break;
            case "Enter" or "Tab":
                await TakeAsync(_at);
                break;
            default:
                _found = [];
                break;
        }

        StateHasChanged();
        if (_caret is not null && _found.Count > 0) await _caret.CallAsync("reveal", _at);
    }

    /// <summary>The caret has left.</summary>
    [JSInvokable]
    public void Close()
    {
        if (_found.Count == 0) return;
        _found = [];
        StateHasChanged();
    }

    public async ValueTask DisposeAsync()
    {
        if (_caret is not null) await _caret.DisposeAsync();
    }

    private async Task TakeAsync(int index)
    {
        var text = _found[index].Insert;
        _found = [];
        if (_caret is not null) await _caret.CallAsync("insert", _offset, _offset + _length, text);
    }
}
