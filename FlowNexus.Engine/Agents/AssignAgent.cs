using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Agents;

/// <summary>What an agent is assigned by: a wish that is matched, or one agent by id.</summary>
public sealed record AssignRequest(string TaskId)
{
    /// <summary>Preferred; another type can win with a stated reason. Null takes the step's.</summary>
    public string? AgentType { get; init; }

    public bool UseVectorSimilarity { get; init; } = true;

    /// <summary>Skills an agent must have.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>At least: beginner, intermediate, advanced or expert.</summary>
    public string? ExperienceLevel { get; init; }

    /// <summary><c>immediate</c> takes no agent at capacity; <c>any</c> (default) may wait for one.</summary>
    public string? Availability { get; init; }

    /// <summary>This agent and no other.</summary>
    public string? AgentId { get; init; }

    /// <summary>Passes over a bad fit, and takes a task in progress from its agent.</summary>
    public bool Force { get; init; }
}

/// <summary>Binds an agent to a task: before its step starts, or, with force, in the middle of it.</summary>
public sealed class AssignAgent(EngineDatabase database, AgentDirectory directory, AgentMatcher matcher, StepRequests needs, WorkflowVersions versions, IGrainFactory grains, TimeProvider time)
{
    private const int KeptAlternatives = 5;

    /// <exception cref="ProblemException">TASK_NOT_FOUND; CONFLICT when the task ended, is in progress or the agent does not fit; AGENT_NOT_FOUND; AGENT_UNAVAILABLE; INVALID_REQUEST; FORBIDDEN.</exception>
    public async Task<Assignment> RunAsync(Principal principal, AssignRequest request)
    {
        principal.Demand(Permission.Run);
        var level = Level(request.ExperienceLevel);
        if (request.Availability is { } availability) Allowed.One("availability", availability, ["immediate", "any"]);
        var (task, execution) = await TaskAsync(request);
        var workflow = await versions.GetAsync(execution.WorkflowId, execution.Version);
        var wish = needs.For(workflow.Definition.Steps[task.Ordinal], workflow.Definition.Configuration.AgentTierPreference) with
        {
            AgentType = request.AgentType ?? task.AgentType,
            ExperienceLevel = level,
            Immediate = request.Availability == "immediate",
            UseVectorSimilarity = request.UseVectorSimilarity,
        };
        if (request.Skills.Count > 0) wish = wish with { Skills = request.Skills };
        var inFlight = await grains.GetGrain<ITaskQueueGrain>(GrainQueues.Tasks).InFlightAsync();
        var agents = (await directory.AllAsync()).Select(agent => agent with { InFlight = inFlight.GetValueOrDefault(agent.Id) }).ToList();
        var match = matcher.Match(wish, agents);
        var (agent, score, parts) = request.AgentId is { } id ? Named(id, request.Force, wish, match, agents) : Best(wish, match);
        var method = request.AgentId is null ? "automatic" : "manual";
        if (!await grains.GetGrain<IExecutionGrain>(task.ExecutionId).BindAsync(task.Ordinal, agent.Id, method, AgentChooser.Details(match), principal.UserId))
            throw Ended(task);
        var free = agent.InFlight < agent.Capacity;
        var seconds = workflow.Plan.Steps[task.Ordinal].Weight * (free ? 1 : 2);
        return new Assignment(
            task.Id,
            new AssignedAgent(agent.Id, agent.Type, agent.Name, agent.Capabilities, Math.Round(agent.ExperienceScore, 4), agent.ExperienceLevel, free ? "immediate" : "busy", UnixMicros.Truncate(time.GetUtcNow() + TimeSpan.FromSeconds(seconds))),
            Math.Round(score, 4),
            method,
            match.Winner == agent ? match.Reason : $"{agent.Name} was named by {principal.UserId}.",
            [.. parts.Select(part => new AssignmentPart(part.Name, part.Weight, Math.Round(part.Value, 4), Math.Round(part.Contribution, 4), part.Reason))],
            [.. Others(match, agent).Take(KeptAlternatives)]);
    }

    private async Task<(TaskRow Task, ExecutionRow Execution)> TaskAsync(AssignRequest request)
    {
        await using var context = database.Read();
        var task = await context.Tasks.FirstOrDefaultAsync(row => row.Id == request.TaskId)
            ?? throw new ProblemException(ProblemCodes.TaskNotFound, $"There is no task \"{request.TaskId}\". The tasks of an execution are at /api/v1/tasks?execution_id=….");
        var execution = await context.Executions.FirstAsync(row => row.Id == task.ExecutionId);
        if (task.Status is "completed" or "failed" or "cancelled" || StatusWords.Execution(execution.Status).IsTerminal()) throw Ended(task);
        if (task.Status == "in_progress" && !request.Force)
            throw new ProblemException(ProblemCodes.Conflict, $"{task.AgentId} is doing task \"{task.Id}\" now. Send force: true to abandon that attempt and start another.");
        return (task, execution);
    }

    private static (Agent, double, IReadOnlyList<MatchPart>) Best(AgentRequest wish, AgentMatch match) =>
        match.Winner is { } winner ? (winner, match.Score, match.Parts) : throw new ProblemException(AgentMatchProblem.Unavailable(wish, match));

    private (Agent, double, IReadOnlyList<MatchPart>) Named(string id, bool force, AgentRequest wish, AgentMatch match, List<Agent> agents)
    {
        var agent = agents.Find(x => x.Id == id) ?? throw new ProblemException(ProblemCodes.AgentNotFound, $"There is no agent \"{id}\". The agents are at /api/v1/agents.");
        var fit = matcher.Judge(wish, agent);
        if (!force && fit.Exclusion is not null) throw new ProblemException(AgentMatchProblem.BadFit(fit, match));
        if (!agent.Enabled) throw new ProblemException(ProblemCodes.AgentUnavailable, $"The agent \"{id}\" is disabled. Enable it first.");
        return (agent, fit.Score, fit.Parts);
    }

    private static IEnumerable<AssignmentAlternative> Others(AgentMatch match, Agent chosen)
    {
        if (match.Winner is { } winner && winner.Id != chosen.Id) yield return new AssignmentAlternative(winner.Id, Math.Round(match.Score, 4), "The best match; another agent was named.");
        foreach (var other in match.Alternatives)
            if (other.Agent.Id != chosen.Id) yield return new AssignmentAlternative(other.Agent.Id, Math.Round(other.Score, 4), other.Reason);
    }

    private static ExperienceLevel? Level(string? word)
    {
        if (word is null) return null;
        Allowed.One("experience_level", word, [.. Enum.GetValues<ExperienceLevel>().Select(level => level.Word())]);
        return ExperienceLevels.TryParse(word, out var level) ? level : null;
    }

    private static ProblemException Ended(TaskRow task) => new(ProblemCodes.Conflict, $"The task \"{task.Id}\" is {task.Status}; nobody can be assigned any more.");
}

/// <summary>Who got a task, why, and who else could have.</summary>
public sealed record Assignment(string TaskId, AssignedAgent AssignedAgent, double MatchScore, string AssignmentMethod, string Reason, IReadOnlyList<AssignmentPart> Parts, IReadOnlyList<AssignmentAlternative> Alternatives)
{
    public bool Success { get; } = true;
}

/// <param name="Availability"><c>immediate</c> or <c>busy</c>.</param>
public sealed record AssignedAgent(string Id, string Type, string Name, IReadOnlyList<string> Capabilities, double ExperienceScore, string ExperienceLevel, string Availability, DateTimeOffset EstimatedCompletion);

public sealed record AssignmentPart(string Name, double Weight, double Value, double Contribution, string Reason);

public sealed record AssignmentAlternative(string AgentId, double MatchScore, string Reason);
