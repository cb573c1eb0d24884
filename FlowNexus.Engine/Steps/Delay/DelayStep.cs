using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Delay;

/// <summary>Waits without holding memory.</summary>
public sealed class DelayStep : StepType, IStepExpressions
{
    /// <summary>Longest wait, in seconds: 366 days.</summary>
    public const double MostSeconds = 366 * 86400d;

    public override string Name => "delay";

    public override string Title => "Delay";

    public override string Summary => "Waits for a time or until a moment.";

    public override StepFamily Family => StepFamily.Control;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "description": "Exactly one of duration and until.",
          "oneOf": [{ "required": ["duration"] }, { "required": ["until"] }],
          "properties": {
            "duration": { "type": ["number", "string"], "title": "Duration", "description": "Seconds, or a number with a unit: 30s, 5m, 2h, 1d; may be one {{ expression }}. At most 366 days.", "examples": [30, "5m"] },
            "until": { "type": "string", "title": "Until", "description": "A moment with its offset, such as 2026-01-31T09:00:00Z; may be one {{ expression }}. A moment that has passed does not wait." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => Read(step, report, out _);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step)
    {
        Read(step, _ => { }, out var template);
        return template?.Expressions ?? [];
    }

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        if (Read(step, problems.Add, out var template) is { } isUntil) return new DelayBehaviour(template!, isUntil);
        throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
    }

    /// <summary>Whether the step waits until a moment; null when its settings are wrong.</summary>
    private static bool? Read(StepDefinition step, Action<ProblemDetail> report, out Template? template)
    {
        template = null;
        var settings = new StepSettings(step, report);
        if (settings.Has("duration") == settings.Has("until"))
        {
            report(new ProblemDetail("", "required", "A delay step needs either 'duration' or 'until'.") { Allowed = ["duration", "until"], Hint = "For example \"duration\": \"5m\"." });
            return null;
        }

        var isUntil = settings.Has("until");
        var name = isUntil ? "until" : "duration";
        template = settings.Template(name);
        if (template?.IsConstant == true)
        {
            var problem = isUntil ? DelayTimes.Moment(settings.Node(name), out _) : DelayTimes.Seconds(settings.Node(name), out _);
            if (problem is not null) settings.Report(problem with { Pointer = settings.Pointer(name) });
        }

        return settings.Failed ? null : isUntil;
    }
}
