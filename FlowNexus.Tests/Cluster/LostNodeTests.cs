using System.Globalization;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Cluster;

[Collection(ClusterGroup.Name)]
public sealed class LostNodeTests
{
    /// <summary>The benchmark <c>takeover</c> demands 3 s of a machine of its own; here others may take the cores meanwhile.</summary>
    private static readonly TimeSpan Takeover = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task NodeKilled_UnderLoad_OthersGoOn_AndNothingIsLostOrDoneTwice()
    {
        await using var cluster = await ThreeNodes.StartAsync();
        await using var load = await ClusterLoad.StartAsync(cluster);
        await load.UntilAcceptedAsync(40);
        var lost = await HoldAsync(cluster, 2);
        var at = TimeProvider.System.GetUtcNow();
        await cluster.Nodes[2].Process.KillAsync();
        await load.UntilAcceptedAsync(cluster.Accepted.Count + 40);
        await load.StopAsync();
        await cluster.AllCompleteAsync(0);
        await TakenOverAsync(cluster, lost, at);
        await cluster.CheckAsync();
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task NodeFrozenLongerThanItsLease_CommitsNothingStale_AndEndsByItself()
    {
        await using var cluster = await ThreeNodes.StartAsync();
        await using var load = await ClusterLoad.StartAsync(cluster);
        await load.UntilAcceptedAsync(40);
        var lost = await HoldAsync(cluster, 1);
        load.Avoided = 1;
        var at = TimeProvider.System.GetUtcNow();
        cluster.Nodes[1].Process.Freeze();
        await cluster.UntilAsync(0, all => all.Count(node => node.State == "gone") == 1 && all.Where(node => node.State == "gone").All(node => node.Owned == 0));
        await load.UntilAcceptedAsync(cluster.Accepted.Count + 20);
        cluster.Nodes[1].Process.Thaw();
        Assert.Equal(1, await cluster.Nodes[1].Process.ExitAsync());
        Assert.Contains("The other nodes went on without this one", cluster.Nodes[1].Process.Output, StringComparison.Ordinal);
        await load.StopAsync();
        await cluster.AllCompleteAsync(2);
        await TakenOverAsync(cluster, lost, at);
        await cluster.CheckAsync();
    }

    [Fact]
    [Trait("Category", "Soak")]
    public async Task NodeCutOff_CommitsNothingStale_AndEndsByItselfWhenItIsBack()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make a network of its own.");
        await using var cluster = await ThreeNodes.StartAsync(apart: true);
        await using var load = await ClusterLoad.StartAsync(cluster);
        await load.UntilAcceptedAsync(40);
        var lost = await HoldAsync(cluster, 2);
        load.Avoided = 2;
        var at = TimeProvider.System.GetUtcNow();
        cluster.Cable!.Cut();
        await cluster.UntilAsync(0, all => all.Count(node => node.State == "gone") == 1 && all.Where(node => node.State == "gone").All(node => node.Owned == 0));
        await load.UntilAcceptedAsync(cluster.Accepted.Count + 20);
        cluster.Cable.Mend();
        Assert.Equal(1, await cluster.Nodes[2].Process.ExitAsync());
        Assert.Contains("The other nodes went on without this one", cluster.Nodes[2].Process.Output, StringComparison.Ordinal);
        await load.StopAsync();
        await cluster.AllCompleteAsync(0);
        await TakenOverAsync(cluster, lost, at);
        await cluster.CheckAsync();
    }

    /// <summary>Executions that a node is in the middle of, and that nobody but another node can end in time.</summary>
    private static async Task<List<string>> HoldAsync(ThreeNodes cluster, int node)
    {
        var workflow = await cluster.Api(node).CreateAsync($$$"""{"name":"held","steps":[{{{cluster.SlowStep("ask", 6000)}}}]}""");
        List<string> held = [];
        for (var i = 0; i < 5; i++) held.Add((await cluster.TryStartAsync(node, workflow))!);
        foreach (var id in held) await cluster.Api(node).UntilAsync(id, body => body.Text("status") == "running");
        return held;
    }

    private static async Task TakenOverAsync(ThreeNodes cluster, List<string> lost, DateTimeOffset at)
    {
        using var database = await cluster.StoppedAsync();
        await using var context = database.Read();
        var seen = await context.Events.Where(row => lost.Contains(row.Stream) && row.Type == "attempt_lost").Select(row => row.At).ToListAsync(TestContext.Current.CancellationToken);
        Assert.True(seen.Count >= lost.Count, $"{seen.Count} of {lost.Count} attempts were seen as lost.");
        var after = seen.Select(one => UnixMicros.Read(one) - at).ToList();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{cluster.Accepted.Count} accepted; {lost.Count} executions under way taken over after {after.Min().TotalSeconds:0.00} to {after.Max().TotalSeconds:0.00} s."));
        Assert.True(after.Max() <= Takeover, $"The takeover took {after.Max()}.");
    }
}
