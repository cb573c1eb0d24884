using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Steps.ForEach;

/// <summary>Reads the step that a loop runs for each item.</summary>
internal static class NestedStep
{
    // What branches, waits or needs a task of its own makes sense once a step, not once an item.
    private static readonly string[] NotInside = ["agent", "conditional", "switch", "delay", "end", "for_each", "sub_workflow", "wait_for_signal"];

    public static (StepDefinition? Step, IStepBehaviour? Behaviour) Read(StepDefinition outer, StepSettings settings, StepCatalogue catalogue)
    {
        var pointer = settings.Pointer("step");
        if (settings.Node("step") is not JsonObject source)
        {
            settings.Report("step", "type", "'step' must be an object: a step without a name.");
            return (null, null);
        }

        string[] allowed = [.. catalogue.Types.Where(one => !NotInside.Contains(one.Name) && one.NotAvailable is null).Select(one => one.Name).Order(StringComparer.Ordinal)];
        var name = source["type"] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
        if (name is null || !allowed.Contains(name))
        {
            settings.Report(new ProblemDetail(pointer + "/type", name is null ? "required" : "not_allowed", name is null ? "The nested step needs a 'type'." : $"A step of type '{name}' cannot run for each item.")
            {
                Allowed = allowed,
                Hint = "For anything else, put it into a workflow of its own and name that with \"workflow\".",
            });
            return (null, null);
        }

        var type = catalogue.TryGet(name)!;
        var problems = new ProblemList();
        var fields = new FieldReader(source, pointer, problems);
        var step = new StepDefinition
        {
            Name = outer.Name,
            Type = name,
            TimeoutSeconds = fields.Duration("timeout", StepReader.MostSeconds) ?? type.DefaultTimeoutSeconds,
            RetryAttempts = fields.Integer("retry_attempts", 0, 100) ?? 0,
            Source = source,
        };
        foreach (var problem in problems.Errors) settings.Report(problem);
        type.Validate(step, detail => settings.Report(detail with { Pointer = pointer + detail.Pointer }));
        if (type is IStepExpressions texts)
            settings.Expressions.AddRange(texts.ExpressionsOf(step).Select(one => new TemplateExpression(pointer + one.Pointer, one.Expression)));
        return settings.Failed ? (step, null) : (step, type.Prepare(step));
    }
}
