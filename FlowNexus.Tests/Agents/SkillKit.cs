using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Agents;

/// <summary>A skill of somebody's own that does what the test says: skills are the engine's plug-in point.</summary>
internal sealed class OwnSkill(string name, Func<StepContext, StepResult>? run = null) : ISkill
{
    public string Name { get; } = name;

    public string Title => Name;

    public string Description { get; init; } = name;

    public IReadOnlyList<string> Aliases { get; init; } = [];

    public IReadOnlyList<string> AgentTypes => [];

    public JsonObject SettingsSchema { get; init; } = new() { ["type"] = "object", ["properties"] = new JsonObject { ["limit"] = new JsonObject { ["type"] = "integer" } } };

    public Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken) =>
        Task.FromResult(run?.Invoke(context) ?? StepResult.Completed(new JsonObject { ["did"] = Name }));
}

internal static class SkillKit
{
    private static readonly string[] Names = ["extract", "profile", "clean", "transform", "aggregate", "sql", "summarise", "report", "draft_text", "check", "evaluate_model", "compare", "split", "merge"];

    public static IReadOnlyList<ISkill> All { get; } = [.. Names.Select(name => new OwnSkill(name))];

    public static StepDefinition Step(string name, string? description = null, JsonObject? config = null, JsonObject? own = null)
    {
        var source = own ?? [];
        source["name"] = name;
        source["type"] = "agent";
        if (description is not null) source["description"] = description;
        if (config is not null) source["config"] = config;
        return new StepDefinition { Name = name, Type = "agent", Description = description, Source = source };
    }

    public static StepContext Context(StepDefinition step, Agent? agent, JsonNode? input = null, params (string Step, JsonNode? Output)[] outputs) => new()
    {
        Step = step,
        Scope = new StepScope
        {
            Input = input,
            Outputs = outputs.ToDictionary(item => item.Step, item => item.Output),
            DirectDependencies = [.. outputs.Select(item => item.Step)],
            Execution = new ExecutionFacts("exec_1", "workflow_1", "W", 1, DateTimeOffset.UnixEpoch),
        },
        Attempt = 1,
        IdempotencyKey = "exec_1:s:0",
        Artifacts = new NoFiles(),
        Time = new FakeTimeProvider(),
        Agent = agent,
        ReportProgress = _ => { },
    };

    private sealed class NoFiles : IArtifactFiles
    {
        public Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
