using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Transform;

/// <summary>The settings of one transform step, compiled.</summary>
internal sealed record TransformSettings(Template? Output, Expression? Items, Expression? Filter, Template? Map, IReadOnlyList<TemplateExpression> Expressions)
{
    private static readonly string[] Forms = ["set", "value", "items"];

    /// <summary>Reports everything that is wrong; null when something is.</summary>
    public static TransformSettings? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var given = Forms.Where(settings.Has).ToArray();
        if (given.Length != 1)
        {
            report(new ProblemDetail("", given.Length == 0 ? "required" : "not_allowed", given.Length == 0
                ? "A transform step needs one of 'set', 'value' and 'items'."
                : $"A transform step takes one of 'set', 'value' and 'items', not {string.Join(" and ", given)}.")
            { Allowed = Forms, Hint = "For example \"set\": {\"total\": \"{{ rows * 2 }}\"}." });
            return null;
        }

        if (given[0] == "set" && settings.Node("set") is not JsonObject) settings.Report("set", "type", "'set' must be an object.");
        if (given[0] != "items")
        {
            foreach (var name in new[] { "filter", "map" }.Where(settings.Has)) settings.Report(name, "not_allowed", $"'{name}' belongs to 'items'.");
            var output = settings.Template(given[0]);
            return settings.Failed ? null : new TransformSettings(output, null, null, null, settings.Expressions);
        }

        var items = settings.Expression("items");
        var filter = settings.Expression("filter");
        var map = settings.Has("map") ? settings.Template("map") : null;
        return settings.Failed ? null : new TransformSettings(null, items, filter, map, settings.Expressions);
    }
}
