using FlowNexus.Engine.Agents;

namespace FlowNexus.Engine.Queues;

/// <summary>
/// The rules of <c>agent_assignments</c>, without I/O: tasks wait by priority, then by arrival; an agent never gets
/// more than its capacity; a task nobody is free for lets those behind it pass. Of <see cref="OldestEvery"/> tasks
/// given, one is the oldest that can be done, so that no priority starves.
/// </summary>
public sealed class TaskQueuePolicy
{
    public const int OldestEvery = 20;

    private readonly RankedSet<Place> _line = new(Place.ByPriority);
    private readonly Dictionary<string, Place> _places = [];
    private readonly Dictionary<string, TaskKind> _kinds = [];
    private readonly Dictionary<string, (string AgentId, int Attempt)> _running = [];
    private readonly Dictionary<string, int> _inFlight = [];
    private long _arrivals;
    private int _givenByPriority;

    public int Waiting => _places.Count;

    public int Running => _running.Count;

    public IReadOnlyDictionary<string, int> InFlight => _inFlight;

    /// <summary>Attempts that agents work on, by task.</summary>
    public IEnumerable<(string TaskId, int Attempt)> Given => _running.Select(one => (one.Key, one.Value.Attempt));

    public bool Knows(string taskId) => _places.ContainsKey(taskId) || _running.ContainsKey(taskId);

    /// <summary>Puts a task in line. Asking again for the same attempt changes nothing; a newer attempt replaces an older one.</summary>
    public void Request(TaskMessage request)
    {
        if (_running.TryGetValue(request.TaskId, out var running))
        {
            if (running.Attempt >= request.Attempt) return;
            Release(request.TaskId, running.Attempt);
        }

        var signature = Signature(request);
        if (_places.TryGetValue(request.TaskId, out var waiting) && waiting.Task.Attempt == request.Attempt && waiting.Kind == signature) return;
        Withdraw(request.TaskId);
        var place = new Place(request, signature, _arrivals++);
        _places[request.TaskId] = place;
        _line.Add(place);
        if (!_kinds.TryGetValue(place.Kind, out var kind)) _kinds[place.Kind] = kind = new TaskKind();
        kind.ByPriority.Add(place);
        kind.ByArrival.Add(place);
    }

    /// <summary>Counts an attempt that an agent works on already, as when the queue is built anew.</summary>
    public void Occupy(string taskId, int attempt, string agentId)
    {
        if (_running.ContainsKey(taskId)) return;
        Withdraw(taskId);
        _running[taskId] = (agentId, attempt);
        _inFlight[agentId] = _inFlight.GetValueOrDefault(agentId) + 1;
    }

    /// <summary>The attempt no longer waits and no longer runs.</summary>
    public void Release(string taskId, int attempt)
    {
        if (_running.TryGetValue(taskId, out var running) && running.Attempt == attempt)
        {
            _running.Remove(taskId);
            _inFlight[running.AgentId]--;
        }
        else if (_places.TryGetValue(taskId, out var place) && place.Task.Attempt <= attempt)
        {
            Withdraw(taskId);
        }
    }

    /// <summary>From 1, by priority and arrival; null for what does not wait.</summary>
    public int? Position(string taskId) => _places.TryGetValue(taskId, out var place) ? _line.CountBefore(place) + 1 : null;

    /// <summary>What waits under this id; null when nothing does.</summary>
    public TaskMessage? Find(string taskId) => _places.GetValueOrDefault(taskId)?.Task;

    /// <summary>Gives tasks to agents that have room.</summary>
    /// <param name="agents">Every registered agent; how much each is doing is known here.</param>
    /// <param name="choose">Picks among agents with room; says when nobody could ever do it.</param>
    public IReadOnlyList<(TaskMessage Task, AgentChoice Choice)> Dispatch(IReadOnlyList<Agent> agents, Func<TaskMessage, IReadOnlyList<Agent>, AgentChoice> choose)
    {
        List<(TaskMessage, AgentChoice)> decided = [];

        // What nobody is free for now stays so for every task that asks for the same.
        HashSet<string> stuck = [];
        while (Next(stuck) is { } next)
        {
            var choice = choose(next.Task, WithLoad(agents));
            if (choice.AgentId is null && !choice.Impossible)
            {
                stuck.Add(next.Kind);
                continue;
            }

            Withdraw(next.Task.TaskId);
            if (choice.AgentId is { } agent)
            {
                _running[next.Task.TaskId] = (agent, next.Task.Attempt);
                _inFlight[agent] = _inFlight.GetValueOrDefault(agent) + 1;
                _givenByPriority = IsOldestNext ? 0 : _givenByPriority + 1;
            }

            decided.Add((next.Task, choice));
        }

        return decided;
    }

    public IReadOnlyList<Agent> WithLoad(IReadOnlyList<Agent> agents) => [.. agents.Select(agent => agent with { InFlight = _inFlight.GetValueOrDefault(agent.Id) })];

    private bool IsOldestNext => _givenByPriority >= OldestEvery - 1;

    private Place? Next(HashSet<string> stuck)
    {
        Place? next = null;
        var (order, oldest) = (IsOldestNext ? Place.ByArrival : Place.ByPriority, IsOldestNext);
        foreach (var (name, kind) in _kinds)
        {
            if (stuck.Contains(name)) continue;
            var first = (oldest ? kind.ByArrival : kind.ByPriority).First;
            if (next is null || order.Compare(first, next) < 0) next = first;
        }

        return next;
    }

    private void Withdraw(string taskId)
    {
        if (!_places.Remove(taskId, out var place)) return;
        _line.Remove(place);
        var kind = _kinds[place.Kind];
        kind.ByPriority.Remove(place);
        kind.ByArrival.Remove(place);
        if (kind.ByArrival.Count == 0) _kinds.Remove(place.Kind);
    }

    internal static string Signature(TaskMessage task) =>
        string.Join('\u001f', task.AgentType, task.TypeRequired, string.Join(',', task.Skills), string.Join(',', task.SoftSkills), task.StepName, task.Description, task.TierPreference, task.BoundAgentId, string.Join(',', task.Excluded));

    private sealed record Place(TaskMessage Task, string Kind, long Arrival)
    {
        public static readonly IComparer<Place> ByArrival = Comparer<Place>.Create((a, b) => a.Arrival.CompareTo(b.Arrival));

        public static readonly IComparer<Place> ByPriority = Comparer<Place>.Create((a, b) => a.Task.Priority != b.Task.Priority ? b.Task.Priority.CompareTo(a.Task.Priority) : a.Arrival.CompareTo(b.Arrival));
    }

    /// <summary>Tasks that ask for the same.</summary>
    private sealed class TaskKind
    {
        public RankedSet<Place> ByPriority { get; } = new(Place.ByPriority);

        public RankedSet<Place> ByArrival { get; } = new(Place.ByArrival);
    }
}

/// <param name="AgentId">Who gets the task; null when nobody who could is free.</param>
/// <param name="Impossible">No enabled agent could ever do it.</param>
/// <param name="Details">Score parts and alternatives as a JSON object.</param>
public sealed record AgentChoice(string? AgentId, long PriceMicro = 0, string Method = "automatic", double? Score = null, string? Details = null, bool Impossible = false, string? Reason = null);
