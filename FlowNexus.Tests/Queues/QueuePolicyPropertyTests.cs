using CsCheck;
using FlowNexus.Engine.Queues;

namespace FlowNexus.Tests.Queues;

public sealed class QueuePolicyPropertyTests
{
    private static readonly Gen<(int Kind, int Id, int Priority)[]> Operations = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 15], Gen.Int[0, 10]).Array[0, 80];

    [Fact]
    public void Queue_UnderAnyOperations_IsTheOrderedListItSays() =>
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 6], Operations).Sample((places, capacity, operations) =>
        {
            var policy = new QueuePolicy(places, capacity);
            List<(string Id, int Priority)> line = [];
            HashSet<string> inside = [];
            foreach (var (kind, number, priority) in operations)
            {
                var id = $"e{number}";
                switch (kind)
                {
                    case 0:
                        var expected = inside.Contains(id) ? QueueAnswer.Admitted
                            : line.Count == 0 && inside.Count < places ? QueueAnswer.Admitted
                            : line.Count >= capacity ? QueueAnswer.Full : QueueAnswer.MustWait;
                        Assert.Equal(expected, policy.TryEnter(id));
                        if (expected == QueueAnswer.Admitted) inside.Add(id);
                        break;
                    case 1 or 2:
                        policy.Enqueue(id, priority);
                        if (!inside.Contains(id) && !line.Exists(one => one.Id == id)) line.Add((id, priority));
                        break;
                    case 3:
                        policy.Leave(id);
                        inside.Remove(id);
                        line.RemoveAll(one => one.Id == id);
                        break;
                    case 4:
                        var before = inside.Count;
                        var admitted = policy.Admit();
                        var next = Ordered(line).Take(Math.Max(0, places - before)).ToList();
                        Assert.Equal(next, admitted.Select(one => (one.Id, one.Priority)));
                        foreach (var one in next) inside.Add(one.Id);
                        line.RemoveAll(one => next.Contains(one));
                        Assert.True(inside.Count <= Math.Max(places, before), "More places are taken than there are.");
                        break;
                    case 5 when priority == 0:
                        policy.Occupy(id);
                        inside.Add(id);
                        line.RemoveAll(one => one.Id == id);
                        break;
                }

                Assert.Equal((line.Count, inside.Count), (policy.Waiting, policy.Processing));
                var order = Ordered(line).ToList();
                for (var i = 0; i < order.Count; i++) Assert.Equal(i + 1, policy.Position(order[i].Id));
                foreach (var one in inside) Assert.Null(policy.Position(one));
            }
        });

    /// <summary>By priority, then by arrival (the order of the list; the sort is stable).</summary>
    private static IEnumerable<(string Id, int Priority)> Ordered(List<(string Id, int Priority)> line) => line.OrderByDescending(one => one.Priority);
}
