using System.Text.Json.Nodes;

namespace FlowNexus.Web.Ui.Forms.Fields;

/// <summary>Which fields of an object are shown, and which of them exclude each other.</summary>
/// <param name="Shown">In the schema's order; without the alternatives that were not chosen.</param>
/// <param name="Alternatives">Fields of which exactly one is wanted; empty when there are none.</param>
/// <param name="Chosen">The name of the alternative that is shown.</param>
/// <param name="Waiting">Settings of skills while no skill is chosen: any of them may be the one that does it.</param>
/// <param name="Others">Names in the value that the schema does not know.</param>
public sealed record GroupLayout(IReadOnlyList<FieldSpec> Shown, IReadOnlyList<FieldSpec> Alternatives, string? Chosen, IReadOnlyList<FieldSpec> Waiting, IReadOnlyList<string> Others)
{
    private const string Skill = "skill";

    /// <param name="chosen">The alternative a person has chosen and not filled in yet.</param>
    /// <param name="isWrong">Whether something is wrong with a field; such a field is always shown.</param>
    public static GroupLayout Of(JsonObject schema, JsonObject? value, string? chosen, Func<string, bool> isWrong)
    {
        var required = (schema["required"] as JsonArray ?? []).Select(name => name?.ToString()).ToHashSet();
        FieldSpec[] fields = [.. (schema["properties"] as JsonObject ?? []).Select(property => FieldReading.Of(property.Key, property.Value as JsonObject ?? [], required.Contains(property.Key)))];
        var names = AlternativeNames(schema);
        string[] given = [.. names.Where(name => Has(value, name))];
        var taken = given.Length > 0 && !given.Contains(chosen) ? given[0] : chosen ?? names.FirstOrDefault();
        List<FieldSpec> shown = [];
        List<FieldSpec> waiting = [];
        foreach (var field in fields)
        {
            if (Has(value, field.Name) || isWrong(field.Name)) shown.Add(field with { Required = field.Required || field.Name == taken });
            else if (names.Contains(field.Name) && field.Name != taken) continue;
            else if (Matters(field, fields, value, taken)) shown.Add(field with { Required = field.Required || field.Name == taken });
            else if (field.When.ContainsKey(Skill) && Of(fields, value, Skill) is null) waiting.Add(field);
        }

        return new GroupLayout(
            shown,
            [.. fields.Where(field => names.Contains(field.Name))],
            taken,
            waiting,
            [.. (value ?? []).Select(pair => pair.Key).Where(key => fields.All(field => field.Name != key))]);
    }

    private static string[] AlternativeNames(JsonObject schema)
    {
        if (schema["oneOf"] is not JsonArray { Count: > 1 } ways) return [];
        string?[] names = [.. ways.Select(way => way is JsonObject { Count: 1 } one && one["required"] is JsonArray { Count: 1 } only ? only[0]?.ToString() : null)];
        return names.Any(name => name is null) ? [] : [.. names.OfType<string>()];
    }

    private static bool Matters(FieldSpec field, FieldSpec[] fields, JsonObject? value, string? taken) =>
        field.When.All(when => when.Value.Count == 0 ? Has(value, when.Key) || when.Key == taken : Of(fields, value, when.Key) is { } worth && when.Value.Contains(worth));

    /// <summary>What a sibling is worth: its value or its default.</summary>
    private static string? Of(FieldSpec[] fields, JsonObject? value, string name) =>
        (value?[name] ?? fields.FirstOrDefault(field => field.Name == name)?.Default)?.ToString();

    private static bool Has(JsonObject? value, string name) => value?.ContainsKey(name) == true;
}
