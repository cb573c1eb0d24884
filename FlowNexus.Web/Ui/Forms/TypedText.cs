namespace FlowNexus.Web.Ui.Forms;

/// <summary>
/// The text of one box. What stands in the browser is ahead of the server while somebody types, so the rendered value only
/// changes when it comes from elsewhere: a late echo of one's own typing would take the last letters away.
/// </summary>
internal sealed class TypedText
{
    private string _outside = "";
    private string? _sent;
    private string? _pending;

    /// <summary>What is rendered as the box's value.</summary>
    public string Shown { get; private set; } = "";

    /// <summary>Changes when the box must be made anew, because the browser shows something that the rendered value does not tell.</summary>
    public int Generation { get; private set; }

    /// <summary>What the box holds, as far as is known here.</summary>
    public string Current { get; private set; } = "";

    /// <summary>The value from outside: the one before for a while, then the echo of what was sent, or something new.</summary>
    public void Receive(string text)
    {
        if (text == _outside) return;
        _outside = text;
        var isEcho = text == _sent;
        _sent = null;
        if (isEcho || text == Current) return;
        _pending = null;
        if (text == Shown) Generation++;
        Shown = Current = text;
    }

    public void Type(string text) => _pending = Current = text;

    /// <summary>The text to send; null when it was sent already.</summary>
    public string? Take()
    {
        var text = _pending;
        _pending = null;
        if (text is null || text == (_sent ?? _outside)) return null;
        return _sent = text;
    }

    /// <summary>The box has lost the focus: nothing is typed into it now, so its value may be rendered.</summary>
    public void Settle() => Shown = Current;
}
