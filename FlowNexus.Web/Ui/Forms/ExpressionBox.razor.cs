using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>A box for expressions that offers what can be named where the caret stands. Ctrl+Space opens, arrows and Enter choose, Esc closes.</summary>
public sealed partial class ExpressionBox(IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    private IReadOnlyList<Completion> _found = [];
    private ElementReference _host;
    private DotNetObjectReference<ExpressionBox>? _self;
    private IJSObjectReference? _module;
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
        _self = DotNetObjectReference.Create(this);
        try
        {
            _module = await script.InvokeAsync<IJSObjectReference>("import", "./Ui/Forms/ExpressionBox.razor.js");
            if (_module is not null) await _module.InvokeVoidAsync("attach", _host, _self, IsExpression);
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone; nobody types any more.
        }
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
        if (_module is not null && _found.Count > 0) await _module.InvokeVoidAsync("reveal", _host, _at);
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
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone and its modules with it.
        }

        _self?.Dispose();
    }

    private async Task TakeAsync(int index)
    {
        var text = _found[index].Insert;
        _found = [];
        if (_module is not null) await _module.InvokeVoidAsync("insert", _host, _offset, _offset + _length, text);
    }
}
