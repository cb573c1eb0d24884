using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>The settings of one validation step, compiled.</summary>
/// <param name="Required">Whether a failed rule fails the step; otherwise it is a warning.</param>
/// <param name="Data">Where the rows are; null looks at the direct dependencies, then at the input.</param>
internal sealed record ValidationSettings(IReadOnlyList<ValidationRule> Rules, bool Required, Template? Data)
{
    private const int MostRules = 100;

    /// <summary>Reports everything that is wrong; null when something is.</summary>
    public static ValidationSettings? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var required = settings.Flag("required") ?? true;
        var data = settings.Has("data") ? settings.Template("data") : null;
        var rules = new List<ValidationRule>();
        if (settings.Node("validation_rules") is not JsonArray { Count: > 0 and <= MostRules } entries)
        {
            settings.Report("validation_rules", "required", $"A validation step needs 'validation_rules', a list of 1 to {MostRules} rules.",
                "For example [\"not_empty\", {\"rule\": \"range\", \"column\": \"amount\", \"min\": 0}].", ValidationRule.Names);
            return null;
        }

        for (var i = 0; i < entries.Count; i++)
        {
            var reader = new RuleReader(JsonPointers.Append(settings.Pointer("validation_rules"), i), settings.Report);
            if (reader.Read(entries[i]) is { } rule) rules.Add(rule);
        }

        return settings.Failed ? null : new ValidationSettings(rules, required, data);
    }
}
