using System.Text.Json;
using System.Text.Json.Serialization;

namespace FlowNexus.Engine.Health;

/// <summary>How something does.</summary>
[JsonConverter(typeof(HealthStatusJson))]
public enum HealthStatus { Healthy, Degraded, Unhealthy }

/// <summary>One thing that was looked at.</summary>
/// <param name="Name">database, journal, queues, timers, disk, node or cluster.</param>
/// <param name="Detail">One sentence that says why.</param>
public sealed record HealthCheck(string Name, HealthStatus Status, string Detail);

/// <summary>Whether this node can work, and why not.</summary>
public sealed record HealthReport(IReadOnlyList<HealthCheck> Checks)
{
    /// <summary>The worst of the checks. A degraded node works, only not as it should.</summary>
    public HealthStatus Status => Checks.Max(check => check.Status);
}

/// <summary>As lower-case words.</summary>
internal sealed class HealthStatusJson() : JsonStringEnumConverter<HealthStatus>(JsonNamingPolicy.SnakeCaseLower);
