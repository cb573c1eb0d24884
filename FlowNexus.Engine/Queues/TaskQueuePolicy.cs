using FlowNexus.Engine.Agents;

namespace FlowNexus.Engine.Queues;

/// <summary>
/// The rules of <c>agent_assignments</c>, without I/O: tasks wait by priority, then by arrival; an agent never gets
/// more than its capacity; a task nobody is free for lets those behind it pass.
/// </summary>
public sealed class TaskQueuePolicy
{
    private readonly SortedDictionary<(int NegatedPriority, long Arrival), TaskMessage> _waiting = [];
    private readonly Dictionary<string, (int, long)> _keys = [];
    private readonly Dictionary<string, (string AgentId, int Attempt)> _running = [];
    private readonly Dictionary<string, int> _inFlight = [];
    private long _arrivals;

    public int Waiting => _waiting.Count;

    public int Running => _running.Count;

    public IReadOnlyDictionary<string, int> InFlight => _inFlight;

    /// <summary>Puts a task in line. Asking again for the same attempt changes nothing; a newer attempt replaces an older one.</summary>
    public void Request(TaskMessage request)
    {
        if (_running.TryGetValue(request.TaskId, out var running))
        {
            if (running.Attempt >= request.Attempt) return;
            Release(request.TaskId, running.Attempt);
        }

        Withdraw(request.TaskId);
        var key = (-request.Priority, _arrivals++);
        _keys[request.TaskId] = key;
        _waiting[key] = request;
    }

    /// <summary>The attempt no longer waits and no longer runs.</summary>
    public void Release(string taskId, int attempt)
    {
        if (_running.TryGetValue(taskId, out var running) && running.Attempt == attempt)
        {
            _running.Remove(taskId);
            _inFlight[running.AgentId]--;
        }
        else if (_keys.TryGetValue(taskId, out var key) && _waiting[key].Attempt <= attempt)
        {
            Withdraw(taskId);
        }
    }

    public int? Position(string taskId)
    {
        if (!_keys.TryGetValue(taskId, out var key)) return null;
        var position = 1;
        foreach (var other in _waiting.Keys)
        {
            if (other == key) break;
            position++;
        }

        return position;
    }

    /// <summary>Gives tasks to agents that have room.</summary>
    /// <param name="agents">Every registered agent; how much each is doing is known here.</param>
    /// <param name="choose">Picks among agents with room; says when nobody could ever do it.</param>
    public IReadOnlyList<(TaskMessage Task, AgentChoice Choice)> Dispatch(IReadOnlyList<Agent> agents, Func<TaskMessage, IReadOnlyList<Agent>, AgentChoice> choose)
    {
        List<(TaskMessage, AgentChoice)> decided = [];
        HashSet<string> stuck = [];
        foreach (var (_, task) in _waiting.ToArray())
        {
            // What nobody is free for now stays so for every task that asks for the same.
            var signature = Signature(task);
            if (stuck.Contains(signature)) continue;
            var choice = choose(task, [.. agents.Select(WithLoad)]);
            if (choice.AgentId is null && !choice.Impossible)
            {
                stuck.Add(signature);
                continue;
            }

            Withdraw(task.TaskId);
            if (choice.AgentId is { } agent)
            {
                _running[task.TaskId] = (agent, task.Attempt);
                _inFlight[agent] = _inFlight.GetValueOrDefault(agent) + 1;
            }

            decided.Add((task, choice));
        }

        return decided;
    }

    private Agent WithLoad(Agent agent) => agent with { InFlight = _inFlight.GetValueOrDefault(agent.Id) };

    private void Withdraw(string taskId)
    {
        if (_keys.Remove(taskId, out var key)) _waiting.Remove(key);
    }

    private static string Signature(TaskMessage task) =>
        string.Join('\u001f', task.AgentType, task.TypeRequired, string.Join(',', task.Skills), task.StepName, task.Description, task.TierPreference, task.BoundAgentId, string.Join(',', task.Excluded));
}

/// <param name="AgentId">Who gets the task; null when nobody who could is free.</param>
/// <param name="Impossible">No enabled agent could ever do it.</param>
/// <param name="Details">Score parts and alternatives as a JSON object.</param>
public sealed record AgentChoice(string? AgentId, long PriceMicro = 0, string Method = "automatic", double? Score = null, string? Details = null, bool Impossible = false, string? Reason = null);
