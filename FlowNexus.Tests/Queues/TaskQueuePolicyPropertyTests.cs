using CsCheck;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Queues;

namespace FlowNexus.Tests.Queues;

public sealed class TaskQueuePolicyPropertyTests
{
    private static readonly Gen<(int Kind, int Task, int Priority, int Attempt)[]> Operations = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 15], Gen.Int[0, 10], Gen.Int[1, 3]).Array[0, 100];

    [Fact]
    public void Agents_UnderAnyRequestsAndReleases_NeverGetMoreThanTheirCapacity() =>
        Gen.Select(Gen.Int[1, 3].Array[1, 4], Operations).Sample((capacities, operations) =>
        {
            var policy = new TaskQueuePolicy();
            Agent[] agents = [.. capacities.Select((capacity, i) => AgentOf($"a{i}", capacity))];
            Dictionary<string, (string Agent, int Attempt)> running = [];
            foreach (var (kind, task, priority, attempt) in operations)
            {
                switch (kind)
                {
                    case 0 or 1:
                        policy.Request(Message(task, priority, attempt));
                        if (running.TryGetValue($"t{task}", out var older) && older.Attempt < attempt) running.Remove($"t{task}");
                        break;
                    case 2:
                        policy.Release($"t{task}", attempt);
                        if (running.TryGetValue($"t{task}", out var ran) && ran.Attempt == attempt) running.Remove($"t{task}");
                        break;
                    default:
                        foreach (var (message, choice) in policy.Dispatch(agents, FirstFree)) running[message.TaskId] = (choice.AgentId!, message.Attempt);
                        break;
                }

                foreach (var agent in agents)
                {
                    var load = running.Values.Count(one => one.Agent == agent.Id);
                    Assert.Equal(load, policy.InFlight.GetValueOrDefault(agent.Id));
                    Assert.True(load <= agent.Capacity, $"{agent.Id} has {load} tasks and room for {agent.Capacity}.");
                }

                Assert.Equal(running.Count, policy.Running);
            }
        });

    [Fact]
    public void Tasks_AreGivenByPriorityThenArrival_AndSayTheirPosition() =>
        Gen.Int[0, 10].Array[1, 20].Sample(priorities =>
        {
            var policy = new TaskQueuePolicy();
            for (var i = 0; i < priorities.Length; i++) policy.Request(Message(i, priorities[i], 1));
            var expected = Enumerable.Range(0, priorities.Length).OrderByDescending(i => priorities[i]).Select(i => $"t{i}").ToList();
            Assert.Equal(Enumerable.Range(1, expected.Count), expected.Select(id => policy.Position(id)!.Value));
            Assert.Equal(expected, policy.Dispatch([AgentOf("a", 100)], FirstFree).Select(given => given.Task.TaskId));
        });

    [Fact]
    public void Task_NobodyIsFreeFor_LetsThoseBehindItPass()
    {
        var policy = new TaskQueuePolicy();
        policy.Request(Message(0, 9, 1) with { BoundAgentId = "busy" });
        policy.Request(Message(1, 1, 1));
        var given = policy.Dispatch([AgentOf("free", 1)], (task, agents) => task.BoundAgentId is null ? FirstFree(task, agents) : new AgentChoice(null));
        Assert.Equal("t1", Assert.Single(given).Task.TaskId);
        Assert.Equal(1, policy.Position("t0"));
    }

    [Fact]
    public void Task_NobodyCouldEverDo_LeavesTheLineWithItsReason()
    {
        var policy = new TaskQueuePolicy();
        policy.Request(Message(0, 5, 1));
        var given = Assert.Single(policy.Dispatch([], (_, _) => new AgentChoice(null, Impossible: true, Reason: "nobody")));
        Assert.Equal("nobody", given.Choice.Reason);
        Assert.Equal((0, 0), (policy.Waiting, policy.Running));
    }

    private static AgentChoice FirstFree(TaskMessage task, IReadOnlyList<Agent> agents) => new(agents.FirstOrDefault(agent => agent.InFlight < agent.Capacity)?.Id);

    private static TaskMessage Message(int task, int priority, int attempt) => new($"t{task}", "e", 0, attempt, priority, $"step{task}");

    private static Agent AgentOf(string id, int capacity) =>
        new() { Id = id, Type = "analyst", Name = id, Capabilities = [], ExperienceLevel = "expert", Tier = "balanced", PriceMicro = 1, Capacity = capacity };
}
