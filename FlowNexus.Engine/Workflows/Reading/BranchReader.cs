using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads the conditions of a conditional step; whether the expressions parse is the step type's matter.</summary>
internal sealed class BranchReader(ProblemList problems)
{
    private const int MostConditions = 100;

    private static readonly string[] Fields = ["if", "then", "else"];

    public List<BranchDefinition> Read(JsonObject step, FieldReader fields)
    {
        var inConfig = step["config"] is JsonObject config && config["conditions"] is not null;
        var owner = inConfig ? new FieldReader((JsonObject)step["config"]!, fields.At("config"), problems) : fields;
        var pointer = owner.At("conditions");
        if (!owner.Has("conditions"))
        {
            problems.Error(pointer, "required", "A conditional step needs 'conditions'.", """Write a list such as [{"if": "rows > 0", "then": "next_step", "else": "other_step"}].""");
            return [];
        }

        if (owner.Array("conditions", MostConditions) is not { } items) return [];
        if (items.Count == 0) problems.Error(pointer, "too_few", "A conditional step needs at least one condition.");
        var branches = new List<BranchDefinition>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (Read(items[i], JsonPointers.Append(pointer, i)) is { } branch) branches.Add(branch);
        }

        return branches;
    }

    private BranchDefinition? Read(JsonNode? item, string pointer)
    {
        if (item is not JsonObject source)
        {
            problems.Error(pointer, "type", $"A condition must be an object, not {FieldReader.Kind(item)}.", "Write {\"if\": …, \"then\": …, \"else\": …}.");
            return null;
        }

        var fields = new FieldReader(source, pointer, problems);
        var condition = fields.Name("if", Expressions.Expression.MaxLength);
        var then = fields.Name("then", StepReader.LongestName);
        var otherwise = fields.Has("else") ? fields.Name("else", StepReader.LongestName) : null;
        fields.WarnUnknown(Fields, "A condition");
        return condition is null || then is null ? null : new BranchDefinition(condition, then, otherwise);
    }
}
