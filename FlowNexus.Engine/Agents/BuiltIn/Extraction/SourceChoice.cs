using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Extraction;

/// <summary>Decides what an extraction reads: from its settings, else from the execution's input.</summary>
internal static class SourceChoice
{
    private static readonly string[] Kinds = ["dataset", "url", "file"];

    /// <exception cref="ProblemException">NO_DATA when nothing says where data is.</exception>
    public static IReadOnlyList<Source> Choose(StepContext context, SkillSettings settings)
    {
        var format = settings.Node("format") is null ? null : settings.Choice("format", "csv", "csv", "json");
        if (settings.Node("sources") is { } list)
            return Several(list, format);
        foreach (var kind in Kinds)
        {
            if (settings.Text(kind) is { } location)
                return [new Source(kind, location, format)];
        }
        if (context.Scope.Input is JsonObject input)
        {
            if (input["sources"] is JsonArray sources)
                return Several(sources, format);
            foreach (var (field, kind) in ((string, string?)[])[("dataset", "dataset"), ("data_source", null), ("url", "url"), ("file", "file"), ("path", "file"), ("source", null)])
            {
                if (input[field] is JsonValue value && value.TryGetValue<string>(out var location) && location.Length > 0)
                    return [new Source(kind ?? KindOf(location), location, format)];
            }
        }
        throw new ProblemException(ProblemCodes.NoData,
            $"Step '{context.Step.Name}' was told to extract data but not from where. Give input_data a dataset (\"dataset\": \"customer_analytics\"), a url or a file, or set one in the step's config.");
    }

    private static List<Source> Several(JsonNode list, string? format)
    {
        if (list is not JsonArray { Count: > 0 and <= 50 } items)
            throw SkillSettings.Wrong("sources", "expected an array of 1 to 50 sources");
        return [.. items.Select(item => One(item, format))];
    }

    private static Source One(JsonNode? item, string? format)
    {
        if (item is JsonValue value && value.TryGetValue<string>(out var text))
            return new Source(KindOf(text), text, format);
        foreach (var kind in Kinds)
        {
            if (item is JsonObject source && source[kind]?.ToString() is { } location)
                return new Source(kind, location, source["format"]?.ToString() ?? format);
        }
        throw SkillSettings.Wrong("sources", $"{item?.ToJsonString() ?? "null"} names no source; expected a dataset, a url or a file");
    }

    private static string KindOf(string location) => location.Contains("://", StringComparison.Ordinal) ? "url" : location.StartsWith('/') ? "file" : "dataset";
}
