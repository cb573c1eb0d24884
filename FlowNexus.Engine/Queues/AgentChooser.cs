using FlowNexus.Engine.Agents;

namespace FlowNexus.Engine.Queues;

/// <summary>Chooses the agent of a task.</summary>
public static class AgentChooser
{
    public static AgentChoice Choose(TaskMessage task, IReadOnlyList<Agent> agents)
    {
        var able = agents.Where(agent => agent.Enabled && (task.AgentType is null || agent.Type == task.AgentType)).ToList();
        if (able.Count == 0) return new AgentChoice(null, Impossible: true, Reason: $"There is no enabled agent for step \"{task.StepName}\".");
        var free = able.FirstOrDefault(agent => agent.InFlight < agent.Capacity);
        return free is null ? new AgentChoice(null) : new AgentChoice(free.Id, free.PriceMicro);
    }
}
