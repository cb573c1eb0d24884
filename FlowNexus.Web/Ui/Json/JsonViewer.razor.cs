using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Json;

/// <summary>JSON as a tree or as text. Everything is shown as text, whatever it looks like.</summary>
public sealed partial class JsonViewer : ComponentBase
{
    private const int TextLimit = 100_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private bool _asText;
    private JsonNode? _written;
    private bool _isWritten;
    private string _text = "";
    private long _size;

    [Parameter, EditorRequired]
    public JsonNode? Value { get; set; }

    /// <summary>What it is, for those who cannot see where it stands: "Input".</summary>
    [Parameter]
    public string Label { get; set; } = "JSON";

    /// <summary>How many levels stand open at first.</summary>
    [Parameter]
    public int OpenTo { get; set; } = 2;

    private string ShownText => _text.Length > TextLimit ? _text[..TextLimit] : _text;

    protected override void OnParametersSet()
    {
        if (_isWritten && ReferenceEquals(_written, Value)) return;
        _written = Value;
        _isWritten = true;
        _text = Value?.ToJsonString(Indented) ?? "null";
        _size = Encoding.UTF8.GetByteCount(_text);
    }

    private static string Pressed(bool pressed) => pressed ? "true" : "false";
}
