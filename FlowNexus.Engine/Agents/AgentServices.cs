using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;
using FlowNexus.Engine.Steps;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FlowNexus.Engine.Agents;

/// <summary>Puts matching and the <c>agent</c> step into a host; the skills themselves are registered as <see cref="ISkill"/>.</summary>
public static class AgentServices
{
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.TryAddSingleton(SkillTaxonomy.Default);
        services.TryAddSingleton<ITextEmbedder, SkillEmbedder>();
        services.AddSingleton<SkillSearch>();
        services.AddSingleton<SkillSelector>();
        services.AddSingleton<AgentMatcher>();
        services.AddSingleton<StepRequests>();
        services.AddSingleton<StepType, AgentStepType>();
        return services;
    }
}
