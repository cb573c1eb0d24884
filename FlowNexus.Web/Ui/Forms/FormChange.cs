using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>One committed edit.</summary>
/// <param name="Path">Names of fields from the form's value down; a list is replaced as a whole. Empty: the whole value.</param>
/// <param name="Value">Null removes the field.</param>
public sealed record FormChange(IReadOnlyList<string> Path, JsonNode? Value)
{
    public FormChange Under(params IEnumerable<string> names) => this with { Path = [.. names, .. Path] };

    /// <summary>The value after the edit, as a tree of its own. Groups that become empty go with their last field.</summary>
    public JsonObject ApplyTo(JsonObject? whole) => Apply(whole, 0) as JsonObject ?? [];

    private JsonNode? Apply(JsonNode? node, int depth)
    {
        if (depth == Path.Count) return Value?.DeepClone();
        var fields = node is JsonObject known ? (JsonObject)known.DeepClone() : [];
        var inner = Apply(fields[Path[depth]], depth + 1);
        if (inner is null) fields.Remove(Path[depth]);
        else fields[Path[depth]] = inner;
        return inner is null && fields.Count == 0 ? null : fields;
    }
}
