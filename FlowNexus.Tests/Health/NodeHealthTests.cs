using FlowNexus.Engine.Health;

namespace FlowNexus.Tests.Health;

public sealed class NodeHealthTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData(1, 0.2, HealthStatus.Healthy, "1 node; this one gave its last sign of life 0.2 s ago, its lease is 2 s.")]
    [InlineData(3, 1.0, HealthStatus.Healthy, "3 nodes; this one gave its last sign of life 1.0 s ago, its lease is 2 s.")]
    [InlineData(3, 1.5, HealthStatus.Degraded, "3 nodes; this one gave its last sign of life 1.5 s ago, its lease is 2 s: that is late.")]
    [InlineData(3, 2.0, HealthStatus.Unhealthy, "3 nodes; this one gave its last sign of life 2.0 s ago, its lease is 2 s: the others may go on without it.")]
    public void Judge_ByTheAgeOfTheSign_SaysHowItDoesAndWhy(int count, double age, HealthStatus status, string detail) =>
        Assert.Equal(new HealthCheck("cluster", status, detail), NodeHealth.Judge(count, TimeSpan.FromSeconds(age), Lease));

    [Fact]
    public void Judge_BeforeTheFirstSign_IsUnhealthy() =>
        Assert.Equal(HealthStatus.Unhealthy, NodeHealth.Judge(1, null, Lease).Status);
}
