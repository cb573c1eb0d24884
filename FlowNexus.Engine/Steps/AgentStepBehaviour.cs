using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Problems;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps;

/// <summary>Lets the task's agent do the step with one of its skills.</summary>
internal sealed class AgentStepBehaviour(AgentStepSettings settings, SkillSelector selector, IReadOnlyList<ISkill> skills) : IEffectBehaviour
{
    private const string BuiltIn = "builtin";

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        if (context.Agent is not { } agent)
            return StepResult.Failed(new Problem(ProblemCodes.AgentUnavailable, $"Step '{context.Step.Name}' has no agent."));
        if (agent.Provider != BuiltIn)
            return StepResult.Failed(new Problem(ProblemCodes.AgentUnavailable, $"{agent.Id} is an agent of provider '{agent.Provider}', which this installation does not run. Assign a built-in agent."));

        var rendered = context.With(settings.Render(context.Scope));
        var choice = selector.Choose(rendered.Step, selector.Offered(agent, skills), HasData(rendered));
        if (choice.Skill is null) return StepResult.Failed(choice.Problem!);

        context.Log.Info($"{agent.Name} does it with the skill {choice.Skill.Name}.", new JsonObject { ["agent_id"] = agent.Id, ["skill"] = choice.Skill.Name, ["attempt"] = context.Attempt });
        var result = await choice.Skill.RunAsync(rendered, cancellationToken);
        if (result.Failure is not null) return result;
        if (result.Output is JsonObject output && output["summary"]?.ToString() is { } summary) context.Log.Info(summary, output["counts"] as JsonObject);
        // A skill is deterministic: the score would be the same next time.
        return AgentStepScore.Check(rendered.Step, result.Output) is { } problem ? StepResult.Failed(problem) : result;
    }

    /// <summary>Whether anything in reach looks like a table; the skill itself looks closer.</summary>
    private static bool HasData(StepContext context) =>
        context.Step.Setting("input") is not null || context.Scope.Outputs.Values.Any(IsTable) || IsTable(context.Scope.Input);

    private static bool IsTable(JsonNode? node) =>
        node is JsonObject fields && (fields["table"] is not null || fields["rows"] is JsonArray || fields["data"] is JsonArray || fields["records"] is JsonArray);
}
