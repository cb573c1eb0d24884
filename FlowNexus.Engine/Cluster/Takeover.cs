using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Families;
using FlowNexus.Engine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowNexus.Engine.Cluster;

/// <summary>
/// Takes over the executions of nodes that are gone, and what only waits on nodes that drain. Owner and epoch change in
/// one statement, so that nothing the former owner still writes can commit; the nodes that are left share the work by
/// passing over rows that another one is taking.
/// </summary>
internal sealed class Takeover(EngineDatabase database, ThisNode node, Nodes nodes, ExecutionHost host, ChildExecutions children, TimeProvider time, ILogger<Takeover> log) : IHostedService, IAsyncDisposable
{
    private const int Batch = 200;

    /// <summary>Finds what a node committed in its last moment, after the others had looked.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private const string Claim = $"""
        UPDATE executions SET owner = $1, epoch = epoch + 1 WHERE id IN (
            SELECT e.id FROM executions e WHERE e.finished_at IS NULL AND e.owner <> $1 AND e.owner = ANY (
                SELECT o.owner FROM (SELECT DISTINCT owner FROM executions WHERE finished_at IS NULL) o
                LEFT JOIN nodes n ON n.id = o.owner AND NOT n.gone AND n.status <> 6
                WHERE n.id IS NULL OR n.draining)
            AND (e.status IN ('queued', 'waiting') OR NOT EXISTS (SELECT 1 FROM nodes n WHERE n.id = e.owner AND NOT n.gone AND n.status <> 6))
            ORDER BY e.id LIMIT 200 FOR UPDATE SKIP LOCKED)
        RETURNING id, status
        """;

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _wake = new(0);
    private NpgsqlDataSource? _source;
    private Task _running = Task.CompletedTask;
    private bool _disposed;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _source = NpgsqlDataSource.Create(database.Connections!.Coordinating(5));
        nodes.Left += (_, _) => _wake.Release();
        _running = Task.Run(WorkAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await StopAsync(CancellationToken.None);
        if (_source is not null) await _source.DisposeAsync();
        _stop.Dispose();
        _wake.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var some = false;
                while (!node.IsDraining && await ClaimAsync(_stop.Token) is var claimed and > 0)
                {
                    some = true;
                    if (claimed < Batch) break;
                }

                if (some) await children.ReconcileAsync(time.GetUtcNow(), _stop.Token);
                await _wake.WaitAsync(Longest, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogError(failure, "Executions of nodes that are gone could not be taken over; it is tried again.");
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, CancellationToken.None);
            }
        }
    }

    private async Task<int> ClaimAsync(CancellationToken cancellationToken)
    {
        List<(string Id, string Status)> claimed = [];
        await using (var command = _source!.CreateCommand(Claim))
        {
            command.Parameters.Add(new NpgsqlParameter { Value = node.Id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken)) claimed.Add((reader.GetString(0), reader.GetString(1)));
        }

        if (claimed.Count == 0) return 0;
        log.LogInformation("Takes over {Count} executions.", claimed.Count);
        await Parallel.ForEachAsync(claimed.Where(one => one.Status is "running" or "paused"), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken }, async (one, _) => await RecoverAsync(one.Id));
        return claimed.Count;
    }

    private async Task RecoverAsync(string executionId)
    {
        try
        {
            await host.RecoverAsync(executionId);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "Execution {Execution} could not be taken over; it stays as it is until something happens to it.", executionId);
        }
    }
}
