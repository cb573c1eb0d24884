using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Switch;

/// <summary>Chooses among many ways, one or several of them.</summary>
public sealed class SwitchStep : StepType, IStepExpressions
{
    public override string Name => "switch";

    public override string Title => "Switch";

    public override string Summary => "Compares a value with a list of cases and goes the way of the first that matches, or of every one.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 0.01;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["cases"],
          "properties": {
            "value": { "type": "string", "x-editor": "expression", "title": "Value", "description": "An expression; what 'equals' and 'in' are compared with, such as input.tier." },
            "cases": {
              "type": "array", "minItems": 1, "maxItems": 200, "title": "Cases",
              "description": "Looked at in order. Each has one of equals, in and if, and says where it leads.",
              "items": {
                "type": "object",
                "required": ["then"],
                "oneOf": [{ "required": ["equals"] }, { "required": ["in"] }, { "required": ["if"] }],
                "properties": {
                  "equals": { "title": "Equals", "description": "Matches when the value is this. Text and number never match each other: that is an error." },
                  "in": { "type": "array", "maxItems": 1000, "title": "One of", "description": "Matches when the value is one of these." },
                  "if": { "type": "string", "x-editor": "expression", "title": "If", "description": "An expression that is true or false." },
                  "then": { "x-editor": "target", "title": "Then", "description": "Name of a step or a path that steps carry, or a list of them.", "oneOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }] }
                }
              }
            },
            "default": { "x-editor": "target", "title": "Default", "description": "Where to go when no case matches: one target or a list of them. Without it nothing is chosen.", "oneOf": [{ "type": "string" }, { "type": "array", "minItems": 1, "items": { "type": "string" } }] },
            "mode": { "type": "string", "enum": ["first", "all"], "default": "first", "title": "Mode", "description": "first: the first case that matches. all: every case that matches (multi-choice)." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => Read(step, _ => { }).Expressions;

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var (value, cases, _) = Read(step, problems.Add);
        if (problems.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return new SwitchBehaviour(value, cases, step.Switch!.Default, step.Switch.TakesAll);
    }

    private static (Expression? Value, IReadOnlyList<PreparedCase> Cases, IReadOnlyList<TemplateExpression> Expressions) Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var value = settings.Expression("value");
        List<PreparedCase> cases = [];
        for (var i = 0; i < (step.Switch?.Cases.Count ?? 0); i++)
        {
            var one = step.Switch!.Cases[i];
            var pointer = JsonPointers.Append(settings.Pointer("cases"), i);
            if (one.Match == CaseMatch.If)
            {
                if (settings.Condition(one.If!, pointer + "/if") is { } condition) cases.Add(new PreparedCase(one, condition, null));
            }
            else if (Template.TryCompile(one.Match == CaseMatch.Equals ? one.EqualTo : one.OneOf, pointer + (one.Match == CaseMatch.Equals ? "/equals" : "/in"), settings.Report) is { } expected)
            {
                settings.Expressions.AddRange(expected.Expressions);
                cases.Add(new PreparedCase(one, null, expected));
            }
        }

        return (value, cases, settings.Expressions);
    }
}
