using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows.Drafts;

/// <summary>Sets a value deep inside a JSON tree.</summary>
internal static class JsonPlace
{
    /// <summary>A null value removes the field or the item; objects and lists on the way that are left empty by it stay.</summary>
    public static void Set(JsonObject root, IReadOnlyList<string> path, JsonNode? value)
    {
        JsonNode place = root;
        for (var i = 0; i < path.Count - 1; i++)
        {
            var next = Get(place, path[i]);
            if (next is not (JsonObject or JsonArray))
            {
                if (value is null) return;
                next = IsIndex(path[i + 1]) ? new JsonArray() : new JsonObject();
                Put(place, path[i], next);
            }

            place = next;
        }

        Put(place, path[^1], value?.DeepClone());
    }

    private static JsonNode? Get(JsonNode place, string name) => place switch
    {
        JsonObject fields => fields[name],
        JsonArray items when Index(name) is { } index && index < items.Count => items[index],
        _ => null,
    };

    private static void Put(JsonNode place, string name, JsonNode? value)
    {
        switch (place)
        {
            case JsonObject fields when value is null:
                fields.Remove(name);
                break;
            case JsonObject fields:
                fields[name] = value;
                break;
            case JsonArray items when Index(name) is { } index:
                if (value is null && index < items.Count) items.RemoveAt(index);
                else if (value is not null && index < items.Count) items[index] = value;
                else if (value is not null) items.Add(value);
                break;
        }
    }

    private static bool IsIndex(string name) => Index(name) is not null;

    private static int? Index(string name) => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
