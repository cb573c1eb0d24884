using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions;

/// <summary>
/// A value while an expression runs. Scalars of inputs and outputs are read once and not copied; arrays and objects
/// stay the shared nodes they are and are cloned only when they leave through <see cref="ToNode"/>.
/// </summary>
internal readonly struct ExpressionValue
{
    private readonly double _number;
    private readonly object? _content;

    private ExpressionValue(ValueKind kind, double number, object? content)
    {
        Kind = kind;
        _number = number;
        _content = content;
    }

    public ValueKind Kind { get; }

    public bool Boolean => _number != 0;

    public double Number => _number;

    public string Text => (string)_content!;

    public JsonArray Array => (JsonArray)_content!;

    public JsonObject Object => (JsonObject)_content!;

    public static ExpressionValue Null => default;

    public static ExpressionValue From(bool value) => new(ValueKind.Boolean, value ? 1 : 0, null);

    public static ExpressionValue From(double value) => new(ValueKind.Number, value, null);

    public static ExpressionValue From(string value) => new(ValueKind.Text, 0, value);

    public static ExpressionValue From(JsonNode? node) => node switch
    {
        null => Null,
        JsonObject => new(ValueKind.Object, 0, node),
        JsonArray => new(ValueKind.Array, 0, node),
        JsonValue value => FromScalar(value),
        _ => throw new ArgumentException("Unknown kind of JSON node.", nameof(node)),
    };

    /// <summary>A node without a parent, which the caller may keep and attach.</summary>
    public JsonNode? ToNode() => Kind switch
    {
        ValueKind.Null => null,
        ValueKind.Boolean => JsonValue.Create(Boolean),
        // The original keeps digits that a double cannot hold.
        ValueKind.Number => _content is JsonNode original ? original.DeepClone() : JsonValue.Create(_number),
        ValueKind.Text => JsonValue.Create(Text),
        _ => ((JsonNode)_content!).DeepClone(),
    };

    /// <summary>How the value reads inside a longer text: null is empty, arrays and objects are compact JSON.</summary>
    public string ToText() => Kind switch
    {
        ValueKind.Null => "",
        ValueKind.Boolean => Boolean ? "true" : "false",
        ValueKind.Number => _content is JsonNode original ? original.ToJsonString() : _number.ToString("R", CultureInfo.InvariantCulture),
        ValueKind.Text => Text,
        _ => ((JsonNode)_content!).ToJsonString(),
    };

    /// <summary>Equality of two values of the same kind.</summary>
    public bool SameAs(in ExpressionValue other) => Kind switch
    {
        ValueKind.Null => true,
        ValueKind.Boolean or ValueKind.Number => _number.Equals(other._number) && SameDigits(other),
        ValueKind.Text => string.Equals(Text, other.Text, StringComparison.Ordinal),
        _ => JsonNode.DeepEquals((JsonNode)_content!, (JsonNode)other._content!),
    };

    public static string Describe(ValueKind kind) => kind switch
    {
        ValueKind.Null => "null",
        ValueKind.Boolean => "a boolean",
        ValueKind.Number => "a number",
        ValueKind.Text => "a text",
        ValueKind.Array => "an array",
        _ => "an object",
    };

    // Long identifiers differ in digits that a double rounds away.
    private bool SameDigits(in ExpressionValue other) =>
        Math.Abs(_number) < 9007199254740992 || _content is not JsonValue mine || other._content is not JsonValue theirs
        || !mine.TryGetValue(out decimal left) || !theirs.TryGetValue(out decimal right) || left == right;

    private static ExpressionValue FromScalar(JsonValue value)
    {
        switch (value.GetValueKind())
        {
            case JsonValueKind.True: return From(true);
            case JsonValueKind.False: return From(false);
            case JsonValueKind.Null: return Null;
            case JsonValueKind.Number: return new(ValueKind.Number, JsonNumbers.Read(value), value);
            default:
                return From(value.TryGetValue(out string? text) ? text : value.Deserialize<string>() ?? "");
        }
    }
}
