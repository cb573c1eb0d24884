using System.Text.Json.Nodes;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>Fills in what an input schema says is meant when nothing is given.</summary>
internal static class InputDefaults
{
    public static JsonObject Fill(JsonObject? schema, JsonObject input)
    {
        var filled = (JsonObject)input.DeepClone();
        foreach (var (name, property) in schema?["properties"] as JsonObject ?? [])
        {
            if (property is not JsonObject of) continue;
            if (filled[name] is JsonObject inner) filled[name] = Fill(of, inner);
            else if (!filled.ContainsKey(name) && of["default"] is { } standard) filled[name] = standard.DeepClone();
            else if (!filled.ContainsKey(name) && of["properties"] is JsonObject && Fill(of, []) is { Count: > 0 } made) filled[name] = made;
        }

        return filled;
    }
}
