using System.Text.Json.Nodes;

namespace FlowNexus.Web.Api;

/// <summary>JSON Merge Patch, RFC 7396.</summary>
internal static class MergePatch
{
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes) return patch?.DeepClone();
        var result = target is JsonObject before ? (JsonObject)before.DeepClone() : [];
        foreach (var (name, value) in changes)
        {
            if (value is null) result.Remove(name);
            else result[name] = Apply(result[name], value);
        }

        return result;
    }
}
