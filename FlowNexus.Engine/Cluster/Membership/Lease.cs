using System.Diagnostics;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Postgres;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace FlowNexus.Engine.Cluster.Membership;

/// <summary>
/// The sign of life of this node and its look at the others, eight times within a lease, on a thread and a connection
/// of its own. Times are the database's. A node whose last sign is older than the lease is gone for good: its row says
/// so, its sessions are ended, and Orleans is told. A node that was without the database itself judges nobody before it
/// has been back for a lease, so that an outage of the database makes no node go.
/// </summary>
internal sealed class Lease(EngineDatabase database, ThisNode node, Nodes nodes, IClusterMembershipService membership, IOptions<ClusterOptions> options, ILogger<Lease> log) : IDisposable
{
    private readonly TimeSpan _lease = options.Value.Lease;
    private readonly ManualResetEventSlim _stop = new();
    private NpgsqlConnection? _connection;
    private Thread? _thread;
    private bool _disposed;
    private long _renewed;
    private long _steadySince;

    /// <summary>The others went on without this node.</summary>
    public Action? Expelled { get; set; }

    /// <summary>Returns once the first sign is given.</summary>
    public void Start()
    {
        Beat();
        _thread = new Thread(Work) { Name = "lease", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Others take over what only waits here, from now on.</summary>
    public void Drain() => Execute("UPDATE nodes SET draining = true WHERE id = $1");

    /// <summary>Stops giving signs and lets the others take over the rest at once.</summary>
    public void Leave()
    {
        Stop();
        Execute("UPDATE nodes SET gone = true WHERE id = $1");
    }

    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        Stop();
        _connection?.Dispose();
        _stop.Dispose();
    }

    private void Stop()
    {
        _stop.Set();
        _thread?.Join();
        _thread = null;
    }

    private void Work()
    {
        while (!_stop.Wait(_lease / 8))
        {
            try
            {
                if (!Beat()) return;
            }
            catch (Exception failure)
            {
                log.LogWarning("This node could not renew its lease: {Reason} It is tried again.", failure.Message);
                _connection?.Dispose();
                _connection = null;
            }
        }
    }

    private bool Beat()
    {
        List<(string Id, int Status, bool Draining, double Age)> seen = [];
        using (var batch = new NpgsqlBatch(Connected()))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"UPDATE nodes SET seen_at = flownexus_now() WHERE id = $1 AND NOT gone AND status <> {(int)SiloStatus.Dead}") { Parameters = { new() { Value = node.Id } } });
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT id, status, draining, (flownexus_now() - seen_at) / 1e6 FROM nodes WHERE NOT gone AND status <> {(int)SiloStatus.Dead}"));
            using var reader = batch.ExecuteReader();
            while (reader.Read()) seen.Add((reader.GetString(0), reader.GetInt32(1), reader.GetBoolean(2), Convert.ToDouble(reader.GetValue(3), System.Globalization.CultureInfo.InvariantCulture)));
        }

        if (!seen.Exists(one => one.Id == node.Id))
        {
            Expelled?.Invoke();
            return false;
        }

        var now = Stopwatch.GetTimestamp();
        if (_renewed == 0 || Stopwatch.GetElapsedTime(_renewed, now) > _lease) _steadySince = now;
        _renewed = now;
        if (Stopwatch.GetElapsedTime(_steadySince, now) >= _lease)
        {
            foreach (var (id, _, _, _) in seen.Where(one => one.Id != node.Id && one.Status >= (int)SiloStatus.Active && one.Age > _lease.TotalSeconds).ToList())
            {
                Bury(id);
                seen.RemoveAll(one => one.Id == id);
            }
        }

        nodes.Show(seen.ToDictionary(one => one.Id, one => one.Draining));
        return true;
    }

    private void Bury(string id)
    {
        using var bury = new NpgsqlCommand("UPDATE nodes SET gone = true WHERE id = $1 AND NOT gone AND seen_at < flownexus_now() - $2", Connected()) { Parameters = { new() { Value = id }, new() { Value = (long)_lease.TotalMicroseconds } } };
        if (bury.ExecuteNonQuery() == 0) return;
        log.LogWarning("The node {Node} gave no sign of life for {Seconds} s; the others go on with its executions.", id, _lease.TotalSeconds);

        // A node that is frozen in the middle of a transaction holds locks on what is taken over now.
        using var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1", Connected()) { Parameters = { new() { Value = PostgresConnections.JournalOf(id) } } };
        end.ExecuteNonQuery();
        _ = KillAsync(SiloAddress.FromParsableString(id));
    }

    private async Task KillAsync(SiloAddress silo)
    {
        try
        {
            await membership.TryKill(silo);
        }
        catch (Exception failure)
        {
            log.LogWarning(failure, "Orleans could not be told that {Node} is gone; its own probes will find out.", silo);
        }
    }

    private NpgsqlConnection Connected()
    {
        if (_connection is { } open) return open;
        var connection = new NpgsqlConnection(database.Connections!.Coordinating((int)Math.Ceiling(_lease.TotalSeconds)));
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        return _connection = connection;
    }

    private void Execute(string sql)
    {
        using var connection = new NpgsqlConnection(database.Connections!.Coordinating(5));
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = node.Id } } };
        command.ExecuteNonQuery();
    }
}
