using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>A draft as it is stored.</summary>
internal static class DraftJson
{
    public static string Write(DraftDocument document) => CanonicalJson.Write(new JsonObject
    {
        ["head"] = document.Head.DeepClone(),
        ["steps"] = new JsonArray([.. document.Steps.Select(step => new JsonObject { ["id"] = step.Id, ["source"] = step.Source.DeepClone() })]),
        ["layout"] = document.Layout.ToJson(),
        ["text"] = document.Text is { } text ? new JsonObject { ["format"] = text.Format, ["source"] = text.Source } : null,
        ["pins"] = new JsonObject(document.Pins.Select(pin => KeyValuePair.Create<string, JsonNode?>(pin.Key, pin.Value))),
    });

    public static DraftDocument Read(string json)
    {
        var stored = (JsonObject)JsonNode.Parse(json)!;
        return new DraftDocument
        {
            Head = Taken<JsonObject>(stored, "head"),
            Steps = [.. ((JsonArray)stored["steps"]!).Select(step => new DraftStep((string)step!["id"]!, Taken<JsonObject>((JsonObject)step, "source")))],
            Layout = DraftLayout.Of(stored["layout"]),
            Text = stored["text"] is JsonObject text ? new DraftText((string)text["format"]!, (string)text["source"]!) : null,
            Pins = ((JsonObject)stored["pins"]!).ToImmutableSortedDictionary(pin => pin.Key, pin => (string)pin.Value!, StringComparer.Ordinal),
        };
    }

    private static T Taken<T>(JsonObject from, string name) where T : JsonNode
    {
        var node = (T)from[name]!;
        from.Remove(name);
        return node;
    }
}
