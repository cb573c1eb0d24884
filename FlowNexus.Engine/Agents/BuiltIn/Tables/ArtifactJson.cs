using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>An artifact reference in a step's output.</summary>
public static class ArtifactJson
{
    public static JsonObject Write(ArtifactReference reference) => new()
    {
        ["artifact_id"] = reference.ArtifactId,
        ["name"] = reference.Name,
        ["media_type"] = reference.MediaType,
        ["size"] = reference.Size,
        ["sha256"] = reference.Sha256,
    };

    /// <summary>Null when the node is not a reference.</summary>
    public static ArtifactReference? TryRead(JsonNode? node)
    {
        if (node is not JsonObject holder || Text(holder["artifact_id"]) is not { } id)
            return null;
        var size = holder["size"] is JsonValue value && value.TryGetValue<long>(out var bytes) ? bytes : 0;
        return new ArtifactReference(id, Text(holder["name"]) ?? id, Text(holder["media_type"]) ?? "application/octet-stream", size, Text(holder["sha256"]) ?? "");
    }

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
