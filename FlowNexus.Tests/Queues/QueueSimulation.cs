using FlowNexus.Engine.Queues;

namespace FlowNexus.Tests.Queues;

/// <summary>One that comes: when, how urgent, of which workflow, and how long it takes. Seconds of virtual time.</summary>
internal sealed record Arrival(double At, int Priority, string Workflow, double Service, ConcurrencyLimit? Limit = null);

/// <summary>What became of it.</summary>
internal sealed record Served(Arrival Arrival, double StartedAt, int ServedBefore)
{
    public double Waited => StartedAt - Arrival.At;
}

/// <summary>The real policy in virtual time: things come, wait, get places and leave.</summary>
internal static class QueueSimulation
{
    /// <returns>All that came, in the order in which it was served.</returns>
    public static IReadOnlyList<Served> Run(int places, IEnumerable<Arrival> arrivals)
    {
        var policy = new QueuePolicy(places, int.MaxValue);
        var coming = new Queue<Arrival>(arrivals.OrderBy(one => one.At));
        var byId = new Dictionary<string, (Arrival Arrival, int ServedBefore)>();
        var leaving = new PriorityQueue<string, double>();
        List<Served> served = [];
        while (coming.Count > 0 || leaving.Count > 0)
        {
            double now;
            if (leaving.TryPeek(out _, out var next) && (coming.Count == 0 || next <= coming.Peek().At))
            {
                now = next;
                policy.Leave(leaving.Dequeue());
            }
            else
            {
                var arrival = coming.Dequeue();
                now = arrival.At;
                var id = $"e{byId.Count}";
                byId[id] = (arrival, served.Count);
                policy.Enqueue(new QueueEntry(id, arrival.Priority, arrival.Workflow, arrival.Limit));
            }

            foreach (var entry in policy.Admit())
            {
                var (arrival, before) = byId[entry.Id];
                served.Add(new Served(arrival, now, before));
                leaving.Enqueue(entry.Id, now + arrival.Service);
            }
        }

        Assert.Equal(byId.Count, served.Count);
        return served;
    }

    /// <summary>A Poisson process with exponential service times.</summary>
    public static IEnumerable<Arrival> Poisson(Random random, string workflow, int priority, double perSecond, double seconds, double meanService)
    {
        for (var at = Exponential(random, 1 / perSecond); at < seconds; at += Exponential(random, 1 / perSecond))
            yield return new Arrival(at, priority, workflow, Exponential(random, meanService));
    }

    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, Math.Floor(sorted.Count * share))];
    }

    private static double Exponential(Random random, double mean) => -mean * Math.Log(1 - random.NextDouble());
}
