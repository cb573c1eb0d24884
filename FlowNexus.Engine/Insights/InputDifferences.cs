using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Insights;

/// <summary>What is not the same in two inputs, field by field; lists count as one value. Pure.</summary>
internal static class InputDifferences
{
    /// <summary>Differences that are listed; a screen does not hold more.</summary>
    public const int Most = 50;

    private const int Deepest = 6;

    public static IReadOnlyList<InputDifference> Of(JsonNode? one, JsonNode? other)
    {
        List<InputDifference> found = [];
        Compare("", one, other, 0, found);
        return found;
    }

    private static void Compare(string path, JsonNode? one, JsonNode? other, int depth, List<InputDifference> found)
    {
        if (found.Count >= Most || JsonNode.DeepEquals(one, other)) return;
        if (one is not JsonObject fields || other is not JsonObject others || depth == Deepest)
        {
            found.Add(new InputDifference(path.Length == 0 ? "input" : path, true, one?.DeepClone(), true, other?.DeepClone()));
            return;
        }

        foreach (var name in fields.Select(field => field.Key).Concat(others.Select(field => field.Key)).Distinct())
        {
            if (found.Count >= Most) return;
            var (at, isHere, isThere) = (path.Length == 0 ? name : $"{path}.{name}", fields.ContainsKey(name), others.ContainsKey(name));
            if (isHere && isThere) Compare(at, fields[name], others[name], depth + 1, found);
            else found.Add(new InputDifference(at, isHere, fields[name]?.DeepClone(), isThere, others[name]?.DeepClone()));
        }
    }
}
