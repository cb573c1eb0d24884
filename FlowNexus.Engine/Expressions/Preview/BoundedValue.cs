using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Expressions.Preview;

/// <summary>Cuts a value down to what a person can look at.</summary>
public static class BoundedValue
{
    private const int MostItems = 20;
    private const int MostFields = 50;
    private const int MostDepth = 6;
    private const int LongestText = 500;

    /// <param name="budget">Characters of the result as JSON, roughly.</param>
    /// <returns>A tree of its own, and whether anything was left out.</returns>
    public static (JsonNode? Value, bool Cut) Of(JsonNode? value, int budget = 4096)
    {
        var cut = false;
        var bounded = Bound(value, 0, ref budget, ref cut);
        return (bounded, cut);
    }

    public static string Kind(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "object",
        JsonArray => "list",
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => "number",
            JsonValueKind.String => "text",
            _ => "null",
        },
    };

    private static JsonNode? Bound(JsonNode? value, int depth, ref int budget, ref bool cut)
    {
        switch (value)
        {
            case null:
                budget -= 4;
                return null;
            case JsonObject fields:
                var shown = new JsonObject();
                foreach (var (name, inner) in fields)
                {
                    if (Leaves(shown.Count, MostFields, depth, budget, ref cut)) break;
                    budget -= name.Length + 4;
                    shown[name] = Bound(inner, depth + 1, ref budget, ref cut);
                }

                return shown;
            case JsonArray items:
                var first = new JsonArray();
                foreach (var inner in items)
                {
                    if (Leaves(first.Count, MostItems, depth, budget, ref cut)) break;
                    first.Add(Bound(inner, depth + 1, ref budget, ref cut));
                }

                return first;
            default:
                return Scalar(value, ref budget, ref cut);
        }
    }

    private static bool Leaves(int count, int most, int depth, int budget, ref bool cut)
    {
        var leaves = count >= most || depth >= MostDepth || budget <= 0;
        cut |= leaves;
        return leaves;
    }

    private static JsonNode Scalar(JsonNode value, ref int budget, ref bool cut)
    {
        if (value.GetValueKind() != JsonValueKind.String)
        {
            budget -= 8;
            return value.DeepClone();
        }

        var text = value.GetValue<string>();
        budget -= Math.Min(text.Length, LongestText) + 2;
        if (text.Length <= LongestText) return value.DeepClone();
        cut = true;
        var end = char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText;
        return JsonValue.Create(text[..end] + "…");
    }
}
