using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Telemetry;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Health;

/// <summary>Looks at everything that work here needs. What it says is for anybody: no path, name or secret is in it.</summary>
public sealed class CheckHealth
{
    /// <summary>Less free space than this is worth a look.</summary>
    private const long LowDisk = 512L << 20;

    /// <summary>More transitions in line than this is more than a group or two.</summary>
    private const int LongLine = 5_000;

    private static readonly TimeSpan SlowTimers = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly EngineDatabase _database;
    private readonly ReadVitals _vitals;
    private readonly PauseBook _pauses;
    private readonly NodeHealth _node;
    private readonly DataFolder _folder;
    private readonly TimeProvider _time;
    private readonly ILogger<CheckHealth> _log;

    internal CheckHealth(EngineDatabase database, ReadVitals vitals, PauseBook pauses, NodeHealth node, DataFolder folder, TimeProvider time, ILogger<CheckHealth> log)
    {
        _database = database;
        _vitals = vitals;
        _pauses = pauses;
        _node = node;
        _folder = folder;
        _time = time;
        _log = log;
    }

    public async Task<HealthReport> RunAsync(CancellationToken cancellationToken)
    {
        var vitals = await VitalsAsync(cancellationToken);
        return new HealthReport([Database(vitals), Journal(), Queues(), Timers(vitals), Disk(), _node.Itself(), _node.Cluster()]);
    }

    private async Task<Vitals?> VitalsAsync(CancellationToken cancellationToken)
    {
        using var enough = new CancellationTokenSource(Patience, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, enough.Token);
        try
        {
            return await _vitals.RunAsync(either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            _log.LogDebug(failure, "The database could not be read for a health check.");
            return null;
        }
    }

    private HealthCheck Database(Vitals? vitals)
    {
        if (_database.Trouble is { } trouble) return new("database", HealthStatus.Unhealthy, $"{trouble.Problem.Message} Since {trouble.Since.UtcDateTime:u}.");
        if (vitals is null) return new("database", HealthStatus.Unhealthy, $"It could not be read within {Patience.TotalSeconds:0} s.");
        var last = _database.LastCommitAt is { } at ? $"the last commit was {Ago(at)}" : "nothing was committed since the start";
        return new("database", HealthStatus.Healthy, $"It answers and takes writes; {last}.");
    }

    private HealthCheck Journal()
    {
        var waiting = _database.WaitingTransitions;
        return waiting > LongLine ? new("journal", HealthStatus.Degraded, $"{waiting:N0} transitions wait to be committed; more than {LongLine:N0} is a backlog.") : new("journal", HealthStatus.Healthy, $"{waiting:N0} transitions wait to be committed.");
    }

    private HealthCheck Queues()
    {
        if (_pauses.Of(PauseScopes.System) is { } system) return new("queues", HealthStatus.Degraded, $"The system is paused since {system.Since.UtcDateTime:u}; nothing begins.");
        var paused = GetQueueStatus.Names.Where(name => _pauses.Of(PauseScopes.Queue(name)) is not null).ToList();
        return paused.Count > 0 ? new("queues", HealthStatus.Degraded, $"Paused: {string.Join(", ", paused)}.") : new("queues", HealthStatus.Healthy, "None is paused.");
    }

    private static HealthCheck Timers(Vitals? vitals)
    {
        if (vitals is null) return new("timers", HealthStatus.Degraded, "They could not be read.");
        if (vitals.TimerLag > SlowTimers) return new("timers", HealthStatus.Degraded, $"The oldest due timer is {vitals.TimerLag.TotalSeconds:0} s late; more than {SlowTimers.TotalSeconds:0} s is slow.");
        return new("timers", HealthStatus.Healthy, "They ring in time.");
    }

    private HealthCheck Disk()
    {
        try
        {
            var free = new DriveInfo(_folder.Root).AvailableFreeSpace;
            return free < LowDisk ? new("disk", HealthStatus.Degraded, $"{ByteSize.Format(free)} are free; less than {ByteSize.Format(LowDisk)} may not last.") : new("disk", HealthStatus.Healthy, $"{ByteSize.Format(free)} are free.");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new("disk", HealthStatus.Degraded, "Its free space could not be read.");
        }
    }

    private string Ago(DateTimeOffset at) => (_time.GetUtcNow() - at) switch
    {
        { TotalSeconds: < 1 } => "within the last second",
        { TotalSeconds: < 120 } ago => $"{ago.TotalSeconds:0} s ago",
        { TotalMinutes: < 120 } ago => $"{ago.TotalMinutes:0} m ago",
        var ago => $"{ago.TotalHours:0} h ago",
    };
}
