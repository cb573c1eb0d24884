using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>One of a few values: side by side when they are three and one of them always counts, else in a list.</summary>
public sealed partial class ChoiceEditor : FieldEditor
{
    private const int MostInSegment = 3;
    private const int SegmentLetters = 34;

    private IReadOnlyList<NamedChoice> Options => Field.Editor switch
    {
        "workflow" => Form.Hints?.Workflows ?? [],
        "agent_type" => [.. (Form.Hints?.AgentTypes ?? []).Select(type => new NamedChoice(type, type))],
        _ => [.. Field.Choices.Select(choice => new NamedChoice(Key(choice), choice.ToString()))],
    };

    private bool IsSegment =>
        Field.Choices.Count is > 0 and <= MostInSegment && (Field.Default is not null || Field.Required)
        && Field.Choices.Sum(choice => choice.ToString().Length) <= SegmentLetters && (Value is null || Options.Any(option => option.Id == Chosen));

    private string? Chosen => Value is null ? null : Key(Value);

    private string? Current => Chosen ?? (Field.Default is { } standard ? Key(standard) : null);

    private string Nothing =>
        Field.Default is { } standard ? $"default {standard}" : Field.Editor switch
        {
            "choice" => "chosen by name and description",
            "agent_type" => "any",
            _ => Field.Required ? "choose…" : "not set",
        };

    private Task ChooseAsync(string key)
    {
        if (key.Length == 0 || (Field.Default is { } standard && key == Key(standard))) return SendAsync(null);
        var listed = Field.Choices.FirstOrDefault(choice => Key(choice) == key);
        if (listed is null && key == Chosen) return Task.CompletedTask;
        return SendAsync(listed?.DeepClone() ?? JsonValue.Create(key));
    }

    private static string Key(JsonNode node) => LooseText.Of(node, oneLine: true);
}
