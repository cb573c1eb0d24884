using CsCheck;
using FlowNexus.Engine.Queues;

namespace FlowNexus.Tests.Queues;

public sealed class QueueSimulationTests
{
    /// <summary>docs/queues.md promises it: a priority is passed over 19 times, and ten others may be due before it.</summary>
    private const int MostTurnsPassed = 29;

    [Fact]
    public void LowPriority_UnderFullLoadOfHigher_WaitsForABoundedNumberOfTurns() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 9], Gen.Int[0, 1_000_000]).Sample((places, low, seed) =>
        {
            // More of every higher priority than there are places for, from the first second to the last.
            var random = new Random(seed);
            List<Arrival> arrivals = [];
            for (var priority = low + 1; priority <= 10; priority++) arrivals.AddRange(QueueSimulation.Poisson(random, $"busy{priority}", priority, 2 * places, 60, 1));
            arrivals.Add(new Arrival(20, low, "low", 1));
            var served = QueueSimulation.Run(places, arrivals);
            var it = served.Select((one, turn) => (one, turn)).Single(pair => pair.one.Arrival.Workflow == "low");
            Assert.InRange(it.turn - it.one.ServedBefore, 0, MostTurnsPassed);
        }, iter: 50);

    [Fact]
    public void EveryPriority_WhenAllWaitForEver_IsServedAtLeastOnceInThirtyTurns()
    {
        var arrivals = Enumerable.Range(0, 11).SelectMany(priority => Enumerable.Range(0, 300).Select(_ => new Arrival(0, priority, "w", 1)));
        var turns = QueueSimulation.Run(1, arrivals).Take(300).Select((one, turn) => (one.Arrival.Priority, turn)).GroupBy(pair => pair.Priority);
        Assert.Equal(11, turns.Count());
        foreach (var priority in turns)
        {
            var gaps = priority.Select(pair => pair.turn).Prepend(-1).ToList();
            Assert.All(gaps.Zip(gaps.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, MostTurnsPassed + 1));
        }
    }

    [Fact]
    public void HighestPriority_AgainstOneOther_GetsNineteenOfTwenty()
    {
        var arrivals = Enumerable.Range(0, 2000).SelectMany(_ => new[] { new Arrival(0, 10, "w", 1), new Arrival(0, 2, "w", 1) });
        Assert.Equal(1900, QueueSimulation.Run(1, arrivals).Skip(1).Take(2000).Count(one => one.Arrival.Priority == 10));
    }

    [Fact]
    public void NoisyWorkflow_OfAHundred_RaisesTheWaitOfTheOthersByLessThanTenPercent()
    {
        // Twenty places at 97 % load by a hundred workflows; then one of them sends a hundred times as much.
        var quiet = P95OfOthers(noisy: 1);
        var loud = P95OfOthers(noisy: 100);
        Assert.True(loud < quiet * 1.1, $"p95 of the others: {quiet:0.000} s before, {loud:0.000} s beside the noisy one.");
    }

    [Fact]
    public void Limits_AreNeverExceeded_AndPlacesGoToOthers() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 3], Gen.Int[0, 1_000_000]).Sample((places, limit, seed) =>
        {
            var random = new Random(seed);
            var limited = QueueSimulation.Poisson(random, "limited", 8, places, 30, 1).Select((one, i) => one with { Limit = new ConcurrencyLimit("limited", $"key{i % 2}", limit) });
            var served = QueueSimulation.Run(places, [.. limited, .. QueueSimulation.Poisson(random, "free", 5, places, 30, 1)]);
            foreach (var group in served.Where(one => one.Arrival.Limit is not null).GroupBy(one => one.Arrival.Limit!.Group))
            {
                foreach (var one in group)
                    Assert.InRange(group.Count(other => other.StartedAt <= one.StartedAt && other.StartedAt + other.Arrival.Service > one.StartedAt), 1, limit);
            }
        }, iter: 50);

    private static double P95OfOthers(int noisy)
    {
        const int Workflows = 100;
        const double Load = 0.97;
        const int Places = 20;
        var waits = Enumerable.Range(1, 4).SelectMany(seed =>
        {
            var arrivals = Enumerable.Range(0, Workflows).SelectMany(i =>
                QueueSimulation.Poisson(new Random((seed * 1000) + i), $"w{i}", 5, Load * Places / Workflows * (i == 0 ? noisy : 1), 1000, 1));
            return QueueSimulation.Run(Places, arrivals).Where(one => one.Arrival.Workflow != "w0").Select(one => one.Waited);
        });
        return QueueSimulation.Percentile(waits, 0.95);
    }
}
