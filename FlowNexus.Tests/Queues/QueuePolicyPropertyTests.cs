using CsCheck;
using FlowNexus.Engine.Queues;

namespace FlowNexus.Tests.Queues;

public sealed class QueuePolicyPropertyTests
{
    private static readonly Gen<(int Kind, int Id, int Priority, int Workflow)[]> Operations = Gen.Select(Gen.Int[0, 7], Gen.Int[0, 15], Gen.Int[0, 10], Gen.Int[0, 3]).Array[0, 120];

    /// <summary>Workflow w0 has no limit, w1 one of 1, w2 one of 2 for each of two keys, w3 one of 3.</summary>
    private static readonly Func<int, int, ConcurrencyLimit?> Limit = (workflow, id) => workflow == 0 ? null : new ConcurrencyLimit($"w{workflow}", workflow == 2 ? $"key{id % 2}" : null, workflow);

    [Fact]
    public void Queue_UnderAnyOperations_LosesNothing_KeepsEveryLimit_AndLeavesNoPlaceIdle() =>
        Gen.Select(Gen.Int[1, 4], Operations).Sample((places, operations) =>
        {
            var policy = new QueuePolicy(places, 6);
            Dictionary<string, QueueEntry> waiting = [];
            Dictionary<string, QueueEntry> running = [];
            Dictionary<string, QueueEntry> resting = [];
            HashSet<string> held = [];
            foreach (var (kind, number, priority, workflow) in operations)
            {
                var id = $"e{number}";
                var known = waiting.GetValueOrDefault(id) ?? running.GetValueOrDefault(id) ?? resting.GetValueOrDefault(id);
                var entry = known ?? new QueueEntry(id, priority, $"w{workflow}", Limit(workflow, number));
                switch (kind)
                {
                    case 0 when known is null:
                        var answer = policy.TryEnter(entry);
                        if (answer == QueueAnswer.Admitted) running[id] = entry;
                        Assert.Equal(answer == QueueAnswer.Full, answer != QueueAnswer.Admitted && waiting.Count >= 6);
                        break;
                    case 1 or 2 when !resting.ContainsKey(id):
                        policy.Enqueue(entry);
                        if (!running.ContainsKey(id)) waiting[id] = entry;
                        break;
                    case 3:
                        policy.Leave(id);
                        waiting.Remove(id);
                        running.Remove(id);
                        resting.Remove(id);
                        break;
                    case 4 or 5:
                        foreach (var given in policy.Admit())
                        {
                            Assert.True(waiting.Remove(given.Id), $"{given.Id} was served and did not wait.");
                            running.Add(given.Id, given);
                        }

                        AssertNoPlaceIsIdle(places, waiting.Values, running, resting, held);
                        break;
                    case 6 when running.ContainsKey(id):
                        policy.Rest(id);
                        resting[id] = running[id];
                        running.Remove(id);
                        break;
                    case 7:
                        if (!held.Remove($"w{workflow}")) held.Add($"w{workflow}");
                        policy.Hold(held.ToHashSet());
                        break;
                }

                Assert.Equal((waiting.Count, running.Count), (policy.Waiting, policy.Processing));
                Assert.True(running.Count <= places, "More places are taken than there are.");
                foreach (var group in running.Values.Concat(resting.Values).Where(one => one.Limit is not null).GroupBy(one => one.Limit!.Group))
                    Assert.True(group.Count() <= group.First().Limit!.Places, $"{group.Key} has {group.Count()} in process.");
                Assert.All(waiting.Keys, one => Assert.InRange(policy.Position(one)!.Value, 1, waiting.Count));
                Assert.Equal(waiting.Keys.Order(), policy.Order(100).Order());
            }
        });

    [Fact]
    public void Position_IsTheOrderInWhichTheyAreServed_WhenNothingNewComesAndNothingLimits() =>
        Gen.Select(Gen.Int[0, 40], Gen.Select(Gen.Int[0, 10], Gen.Int[0, 5]).Array[1, 150]).Sample((servedBefore, messages) =>
        {
            var policy = new QueuePolicy(1, 1000);
            for (var i = 0; i < messages.Length; i++) policy.Enqueue(new QueueEntry($"e{i}", messages[i].Item1, $"w{messages[i].Item2}"));
            foreach (var _ in Enumerable.Range(0, servedBefore)) Serve(policy);
            var waiting = Enumerable.Range(0, messages.Length).Select(i => $"e{i}").Where(id => policy.Position(id) is not null).ToDictionary(id => id, id => policy.Position(id)!.Value);
            var order = policy.Order(1000);
            List<string> served = [];
            while (Serve(policy) is { } id) served.Add(id);
            Assert.Equal(served, order);
            Assert.Equal(served, waiting.OrderBy(pair => pair.Value).Select(pair => pair.Key));
            Assert.Equal(Enumerable.Range(1, served.Count), waiting.Values.Order());
        });

    [Fact]
    public void Queue_WithAHundredThousandWaiting_AnswersAtOnce()
    {
        var policy = new QueuePolicy(1, 1_000_000);
        for (var i = 0; i < 100_000; i++) policy.Enqueue(new QueueEntry($"e{i}", i % 11, $"w{i % 500}", new ConcurrencyLimit($"w{i % 500}", null, 2)));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var i = 0; i < 1000; i++)
        {
            Assert.NotNull(Serve(policy));
            Assert.NotNull(policy.Place($"e{99_999 - i}"));
            policy.Enqueue(new QueueEntry($"more{i}", 5, "w1"));
        }

        // A thousand times three operations; walking the whole line for each would take minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(10), $"It took {clock.Elapsed}.");
    }

    private static string? Serve(QueuePolicy policy)
    {
        var served = policy.Admit().SingleOrDefault()?.Id;
        if (served is not null) policy.Leave(served);
        return served;
    }

    private static void AssertNoPlaceIsIdle(int places, IEnumerable<QueueEntry> waiting, Dictionary<string, QueueEntry> running, Dictionary<string, QueueEntry> resting, HashSet<string> held)
    {
        if (running.Count >= places) return;
        var taken = running.Values.Concat(resting.Values).Where(one => one.Limit is not null).GroupBy(one => one.Limit!.Group).ToDictionary(group => group.Key, group => group.Count());
        foreach (var one in waiting.Where(one => !held.Contains(one.WorkflowId)))
            Assert.True(one.Limit is { } limit && taken.GetValueOrDefault(limit.Group) >= limit.Places, $"{one} waits beside a free place and nothing keeps it.");
    }
}
