using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Findings;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Drafting;

/// <summary>Collects what may be written: what earlier steps said and what the input states. Nothing else is known.</summary>
internal static class Passages
{
    /// <summary>Fields of the input that steer the work rather than state something.</summary>
    private static readonly HashSet<string> Steering = new(StringComparer.OrdinalIgnoreCase)
    {
        "topic", "title", "audience", "tone", "style", "language", "length", "format", "output_format", "dataset", "data_source", "date_range", "date_column", "url", "file",
    };

    public static IReadOnlyList<Passage> Of(StepScope scope, string ownStep)
    {
        var passages = new List<Passage>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var names = scope.DirectDependencies.Count > 0 ? scope.DirectDependencies : [.. scope.Outputs.Keys];
        foreach (var name in names.Where(name => name != ownStep))
        {
            if (scope.Outputs.GetValueOrDefault(name) is { } output)
                passages.AddRange(OfOutput(name, output, told));
        }
        if (scope.Input is JsonObject input)
        {
            foreach (var (field, value) in input.Where(pair => !Steering.Contains(pair.Key)))
            {
                if (Sentences(value) is { Count: > 0 } sentences)
                    passages.Add(new Passage(Wording.Capital(Wording.Name(field)), sentences, $"input_data.{field}"));
            }
        }
        return passages;
    }

    private static IEnumerable<Passage> OfOutput(string step, JsonNode output, HashSet<string> told)
    {
        if (output is not JsonObject facts)
        {
            if (Sentences(output) is { Count: > 0 } plain)
                yield return new Passage(Wording.Capital(Wording.Name(step)), plain, $"step {step}");
            yield break;
        }
        foreach (var group in (facts["lineage"] as JsonArray ?? []).OfType<JsonObject>().GroupBy(entry => entry["step"]?.ToString() ?? step, StringComparer.Ordinal))
        {
            List<string> done = [.. group.Select(entry => entry["summary"]?.ToString()).OfType<string>().Where(told.Add)];
            if (done.Count > 0)
                yield return new Passage(Wording.Capital(Wording.Name(group.Key)), done, $"step {group.Key}");
        }
        List<string> findings = [.. (facts["findings"] as JsonArray ?? []).Select(finding => (finding as JsonObject)?["text"]?.ToString()).OfType<string>().Where(told.Add).Take(12)];
        if (findings.Count > 0)
            yield return new Passage("What the data says", findings, $"step {step}, findings");
        if (facts["lineage"] is null && Sentences(facts) is { Count: > 0 } stated)
            yield return new Passage(Wording.Capital(Wording.Name(step)), stated, $"step {step}");
    }

    /// <summary>A node in words: texts as they are, fields as "name: value".</summary>
    private static List<string> Sentences(JsonNode? node) => node switch
    {
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Trim() is { Length: > 0 } text ? [Sentence(text)] : [],
        JsonValue value => [Sentence(value.ToJsonString())],
        JsonArray items => [.. items.SelectMany(Sentences).Take(50)],
        JsonObject fields => [.. fields.Where(pair => pair.Value is JsonValue).Select(pair => Sentence($"{Wording.Capital(Wording.Name(pair.Key))}: {pair.Value}")).Take(50)],
        _ => [],
    };

    private static string Sentence(string text) => text[^1] is '.' or '!' or '?' or ':' ? text : text + ".";
}
