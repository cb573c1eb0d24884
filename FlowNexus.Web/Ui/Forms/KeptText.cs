using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>Keeps a value in the words in which it was typed, also while they cannot be read.</summary>
internal sealed class KeptText(Func<JsonNode?, string> write)
{
    private JsonNode? _outside;
    private JsonNode? _value;
    private bool _isKept;

    public string Text { get; private set; } = "";

    /// <summary>What is wrong with the text; null when it is the value.</summary>
    public string? Wrong { get; private set; }

    /// <summary>The value from outside: written anew unless it is the one that was typed.</summary>
    /// <returns>Whether it was written anew.</returns>
    public bool Receive(JsonNode? value)
    {
        if (_isKept && JsonNode.DeepEquals(_outside, value)) return false;
        var isEcho = _isKept && JsonNode.DeepEquals(_value, value);
        (_isKept, _outside, _value) = (true, value, value);
        if (isEcho) return false;
        (Text, Wrong) = (write(value), null);
        return true;
    }

    public void Type(string text, JsonNode? value) => (Text, _value, Wrong) = (text, value, null);

    public void TypeWrong(string text, string wrong) => (Text, Wrong) = (text, wrong);
}
