using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>Work that an agent does with one of its skills.</summary>
public sealed class AgentStepType : StepType, IStepExpressions
{
    private const string Skill = "skill";
    private readonly IReadOnlyList<ISkill> _skills;
    private readonly SkillSelector _selector;
    private readonly HashSet<string> _raw;

    public AgentStepType(IEnumerable<ISkill> skills, SkillSelector selector)
    {
        _skills = [.. skills.OrderBy(skill => skill.Name, StringComparer.Ordinal)];
        _selector = selector;
        _raw = [.. _skills.SelectMany(Expressions)];
        SettingsSchema = Schema(_skills);
    }

    public override string Name => "agent";

    public override string Title => "Agent";

    public override string Summary => "Gives the work to an agent, which does it with the skill that the step's name and description ask for.";

    public override StepFamily Family => StepFamily.Agent;

    public override double DeclaredSeconds => 5;

    public override JsonObject SettingsSchema { get; }

    public override void Validate(StepDefinition step, Action<ProblemDetail> report)
    {
        AgentStepSettings.Read(step, _raw, report);
        var settings = new StepSettings(step, report);
        if (settings.Text(Skill) is not { } word || _selector.Find(word.Trim(), _skills) is not null) return;
        settings.Report(Skill, "unknown_skill", $"There is no skill '{word}'.", "Leave it out to let the step's name and description choose.", [.. _skills.Select(skill => skill.Name)]);
    }

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => AgentStepSettings.Read(step, _raw, _ => { })?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var settings = AgentStepSettings.Read(step, _raw, problems.Add)
            ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return new AgentStepBehaviour(settings, _selector, _skills);
    }

    /// <summary>Settings the skill evaluates itself.</summary>
    private static IEnumerable<string> Expressions(ISkill skill) =>
        (skill.SettingsSchema["properties"] as JsonObject ?? []).Where(property => property.Value is JsonObject schema && schema["x-expression"] is not null).Select(property => property.Key);

    /// <summary>All settings of all skills side by side; <c>x-skills</c> says whose each is, so that a form can show those of the chosen one.</summary>
    private static JsonObject Schema(IReadOnlyList<ISkill> skills)
    {
        var properties = new JsonObject
        {
            [Skill] = new JsonObject
            {
                ["type"] = "string",
                ["title"] = "Skill",
                ["description"] = "What the agent does. Empty: chosen by the step's name and description.",
                ["x-editor"] = "choice",
                ["examples"] = new JsonArray([.. skills.Select(skill => JsonValue.Create(skill.Name))]),
            },
        };
        foreach (var skill in skills)
        {
            foreach (var (name, node) in skill.SettingsSchema["properties"] as JsonObject ?? [])
            {
                if (properties[name] is not JsonObject known) properties[name] = known = Free(node);
                if (known["x-skills"] is not JsonArray users) known["x-skills"] = users = [];
                users.Add(skill.Name);
            }
        }

        return new JsonObject { ["type"] = "object", ["additionalProperties"] = true, ["properties"] = properties };
    }

    private static JsonObject Free(JsonNode? node) => node is JsonObject given ? (JsonObject)given.DeepClone() : [];
}
