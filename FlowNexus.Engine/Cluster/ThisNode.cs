using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>This process as a node.</summary>
/// <param name="silo">Where the other nodes reach it, different for every start.</param>
/// <param name="options">Whether there are others.</param>
/// <param name="time">When it started.</param>
public sealed class ThisNode(ILocalSiloDetails silo, IOptions<ClusterOptions> options, TimeProvider time)
{
    private volatile bool _draining;
    private volatile string? _expelled;

    /// <summary>Names it in the <c>owner</c> of executions.</summary>
    public string Id { get; } = silo.SiloAddress.ToParsableString();

    internal SiloAddress Address { get; } = silo.SiloAddress;

    public bool IsClustered { get; } = options.Value.Enabled;

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public static string Version => typeof(ThisNode).Assembly.GetName().Version!.ToString(3);

    /// <summary>It stops, or the others took its executions: nothing new begins here.</summary>
    public bool IsDraining => _draining || _expelled is not null;

    /// <summary>The others went on without it.</summary>
    internal bool IsExpelled => _expelled is not null;

    internal void Drain() => _draining = true;

    internal void Expel(string reason) => _expelled ??= reason;

    /// <exception cref="StartException">The others went on without it; the message says why.</exception>
    public void ThrowIfExpelled()
    {
        if (_expelled is { } reason) throw new StartException(reason);
    }
}
