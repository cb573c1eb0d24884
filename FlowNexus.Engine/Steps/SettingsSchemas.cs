using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps;

/// <summary>Settings schemas are written as JSON text, the way their readers know them.</summary>
internal static class SettingsSchemas
{
    public static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
