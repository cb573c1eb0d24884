using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>What the steps of a workflow need of their agents.</summary>
public sealed class StepRequests(SkillSelector selector, IEnumerable<ISkill> skills)
{
    private readonly IReadOnlyList<ISkill> _skills = [.. skills];

    /// <summary>
    /// A skill that the settings name is required; one that the step's words point to is wanted, so that an agent that can
    /// do the step comes before one that cannot.
    /// </summary>
    public AgentRequest For(StepDefinition step, string tierPreference)
    {
        var request = new AgentRequest { StepName = step.Name, StepDescription = step.Description, AgentType = step.AgentType, TierPreference = tierPreference };
        if (SkillSelector.Named(step) is { } word) return request with { Skills = [selector.Find(word, _skills)?.Name ?? word] };
        var first = step.DependsOn is { Count: > 0 } ? (bool?)true : null;
        return selector.Choose(step, _skills, first).Skill is { } skill ? request with { SoftSkills = [skill.Name] } : request;
    }
}
