using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads where a switch step can lead; whether its expressions parse is the step type's matter.</summary>
internal sealed class CaseReader(ProblemList problems)
{
    private const int MostCases = 200;
    private const int MostTargets = 100;

    private static readonly string[] Matches = ["equals", "in", "if"];

    public SwitchDefinition? Read(JsonObject step, FieldReader fields)
    {
        var inConfig = step["config"] is JsonObject config && config["cases"] is not null;
        var owner = inConfig ? new FieldReader((JsonObject)step["config"]!, fields.At("config"), problems) : fields;
        var source = inConfig ? (JsonObject)step["config"]! : step;
        var pointer = owner.At("cases");
        var takesAll = owner.Choice("mode", ["first", "all"]) == "all";
        var otherwise = owner.Has("default") ? Targets(source["default"], owner.At("default")) : [];
        if (!owner.Has("cases"))
        {
            problems.Error(pointer, "required", "A switch step needs 'cases'.", """Write a list such as [{"equals": "gold", "then": "fast_lane"}] beside "value", or [{"if": "amount > 100", "then": "check"}].""");
            return null;
        }

        if (owner.Array("cases", MostCases) is not { } items) return null;
        if (items.Count == 0) problems.Error(pointer, "too_few", "A switch step needs at least one case.");
        var hasValue = owner.Has("value") || fields.Has("value");
        var cases = new List<CaseDefinition>(items.Count);
        for (var i = 0; i < items.Count; i++)
            if (Case(items[i], JsonPointers.Append(pointer, i), hasValue) is { } one) cases.Add(one);
        return new SwitchDefinition(cases, otherwise, takesAll);
    }

    private CaseDefinition? Case(JsonNode? item, string pointer, bool hasValue)
    {
        if (item is not JsonObject source)
        {
            problems.Error(pointer, "type", $"A case must be an object, not {FieldReader.Kind(item)}.", "Write {\"equals\": …, \"then\": …}.");
            return null;
        }

        var fields = new FieldReader(source, pointer, problems);
        fields.WarnUnknown([.. Matches, "then"], "A case");
        var then = Targets(source["then"], fields.At("then"));
        string[] given = [.. Matches.Where(source.ContainsKey)];
        if (given.Length != 1)
        {
            problems.Error(pointer, given.Length == 0 ? "required" : "not_allowed", $"A case needs exactly one of 'equals', 'in' and 'if'; this one has {(given.Length == 0 ? "none" : string.Join(" and ", given))}.", allowed: Matches);
            return null;
        }

        if (given[0] == "if") return fields.Name("if", Expressions.Expression.MaxLength) is { } condition ? new CaseDefinition(CaseMatch.If, condition, null, null, then) : null;
        if (!hasValue)
        {
            problems.Error(fields.At(given[0]), "no_value", $"'{given[0]}' compares with the step's 'value', which is missing.", "Give the step \"value\", such as \"input.tier\", or write the case with \"if\".");
            return null;
        }

        if (given[0] == "equals") return new CaseDefinition(CaseMatch.Equals, null, source["equals"], null, then);
        return fields.Array("in", 1000) is { } list ? new CaseDefinition(CaseMatch.In, null, null, list, then) : null;
    }

    /// <summary>One target or a list of them.</summary>
    private List<string> Targets(JsonNode? node, string pointer)
    {
        JsonNode?[] items = node is JsonArray list ? [.. list] : [node];
        if (items.Length is 0 or > MostTargets) problems.Error(pointer, items.Length == 0 ? "too_few" : "too_many", $"Name 1 to {MostTargets} steps or paths.");
        var targets = new List<string>(items.Length);
        foreach (var item in items)
        {
            var text = item is JsonValue && item.GetValueKind() == JsonValueKind.String ? item.GetValue<string>().Trim() : null;
            if (text is { Length: > 0 and <= StepReader.LongestName } && !text.Any(char.IsControl)) targets.Add(text);
            else problems.Error(pointer, "type", $"A target is the name of a step or a path, not {(text is null ? FieldReader.Kind(item) : "an empty, very long or unreadable text")}.", "One name, or a list of them.");
        }

        return targets;
    }
}
