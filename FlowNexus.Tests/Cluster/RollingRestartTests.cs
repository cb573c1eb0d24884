
namespace FlowNexus.Tests.Cluster;

[Collection(ClusterGroup.Name)]
[Trait("Category", "Soak")]
public sealed class RollingRestartTests
{
    [Fact]
    public async Task EveryNodeReplaced_UnderLoad_LosesNothingThatWasAccepted_AndLosesNoAttempt()
    {
        await using var cluster = await ThreeNodes.StartAsync();
        await using var load = await ClusterLoad.StartAsync(cluster);
        await load.UntilAcceptedAsync(30);
        for (var node = 0; node < 3; node++)
        {
            Assert.Equal(0, await cluster.Nodes[node].Process.TerminateAsync());
            await load.UntilAcceptedAsync(cluster.Accepted.Count + 15);
            await cluster.AddAsync();
        }

        await load.StopAsync();
        await cluster.AllCompleteAsync(5);
        await cluster.UntilAsync(5, all => all.Count(one => one.State == "active") == 3 && all.All(one => one.Owned == 0));
        TestContext.Current.TestOutputHelper!.WriteLine($"{cluster.Accepted.Count} accepted while three nodes were replaced.");
        await cluster.CheckAsync();
    }
}
