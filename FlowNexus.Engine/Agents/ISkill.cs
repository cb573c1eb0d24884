using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents;

/// <summary>Something a built-in agent can do with real data.</summary>
public interface ISkill
{
    /// <summary>The word in settings and in an agent's capabilities: <c>fetch_dataset</c>, <c>clean</c>, <c>report</c>.</summary>
    string Name { get; }

    string Title { get; }

    /// <summary>What it does, in the words a person would use to ask for it; matched against a step's name and description.</summary>
    string Description { get; }

    /// <summary>Other words for it.</summary>
    IReadOnlyList<string> Aliases { get; }

    /// <summary>Agent types that have it on a fresh install.</summary>
    IReadOnlyList<string> AgentTypes { get; }

    /// <summary>
    /// JSON Schema of its settings (the step's <c>config</c>). Templates in them are rendered before the skill runs, except in
    /// properties marked <c>"x-expression": true</c>, which the skill evaluates itself.
    /// </summary>
    JsonObject SettingsSchema { get; }

    Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken);
}
