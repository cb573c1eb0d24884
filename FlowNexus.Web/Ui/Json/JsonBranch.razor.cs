using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Json;

/// <summary>One value of a tree. What is folded is not rendered, so that a large document costs what is open of it.</summary>
public sealed partial class JsonBranch : ComponentBase
{
    private const int Page = 100;
    private const int LongText = 300;

    private bool? _open;
    private int _shown = Page;
    private bool _whole;

    /// <summary>Its key or index; null for the root.</summary>
    [Parameter]
    public string? Name { get; set; }

    [Parameter]
    public JsonNode? Node { get; set; }

    [Parameter]
    public int Depth { get; set; }

    [Parameter]
    public int OpenTo { get; set; }

    private bool IsOpen => _open ?? Depth < OpenTo;

    private IReadOnlyList<(string Name, JsonNode? Value)>? Children => Node switch
    {
        JsonObject map => [.. map.Select(entry => (entry.Key, entry.Value))],
        JsonArray list => [.. list.Select((value, index) => (index.ToString(CultureInfo.InvariantCulture), value))],
        _ => null,
    };

    private string Text => Node switch
    {
        null => "null",
        JsonObject => "{ }",
        JsonArray => "[ ]",
        JsonValue value when value.GetValueKind() is JsonValueKind.String => value.GetValue<string>(),
        _ => Node.ToJsonString(),
    };

    private bool IsCut => !_whole && Text.Length > LongText;

    private string Shown => IsCut ? Text[..LongText] + "…" : Text;

    private string Kind => Node?.GetValueKind() switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "word",
        _ => "none",
    };

    private void Toggle() => _open = !IsOpen;

    private string Summary(int count) => Node is JsonArray ? $"[{count}]" : $"{{{count}}}";
}
