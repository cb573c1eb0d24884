using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class HealthContractTests(ServerFixture server)
{
    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Ready_OfAServerThatWorks_NamesEveryCheckAndWhy_ForAStrangerToo()
    {
        var health = await _api.SendAsync(HttpMethod.Get, "/health/ready", null, ("Host", "balancer.example"));
        Assert.Equal(HttpStatusCode.OK, health.Status);
        var checks = health.Body["checks"]!.AsArray();
        Assert.Equal(["database", "journal", "queues", "timers", "disk", "node", "cluster"], checks.Select(check => check!.Text("name")));
        Assert.All(checks, check => Assert.Contains(check!.Text("status"), (string[])["healthy", "degraded"]));
        Assert.All(checks, check => Assert.EndsWith(".", check!.Text("detail"), StringComparison.Ordinal));
        var folder = (await _api.GetAsync("system/vitals")).Body.Text("data_folder");
        Assert.DoesNotContain(folder, health.Body.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("healthy", (await _api.GetAsync("/health/live")).Body.Text("status"));
    }

    [Fact]
    public async Task Ready_WithAPausedQueue_IsDegradedAndStillReady()
    {
        await _api.PostAsync("queues/agent_assignments/pause", """{"reason":"a look"}""");
        try
        {
            var health = await _api.GetAsync("/health/ready");
            var queues = health.Body["checks"]!.AsArray().Single(check => check!.Text("name") == "queues")!;
            Assert.Equal((HttpStatusCode.OK, "degraded", "Paused: agent_assignments."), (health.Status, queues.Text("status"), queues.Text("detail")));
            Assert.NotEqual("healthy", health.Body.Text("status"));
        }
        finally
        {
            await _api.PostAsync("queues/agent_assignments/resume");
        }
    }

    [Fact]
    public async Task Vitals_SayWhatTheNodeIs()
    {
        var vitals = (await _api.GetAsync("system/vitals")).Body;
        vitals.DemandFields("status", "checks", "version", "node", "clustered", "started_at", "uptime_seconds", "data_folder", "database", "memory_bytes", "heap_bytes", "processors", "threads", "runtime");
        Assert.True(vitals.Number("memory_bytes") > vitals.Number("heap_bytes"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.SendAsync(HttpMethod.Get, "system/vitals", null, ("Origin", "https://evil.example"))).Status);
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteHealthContractTests(SqliteServerFixture server) : HealthContractTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresHealthContractTests(PostgresServerFixture server) : HealthContractTests(server);
