using System.Text.Json;
using System.Threading.Channels;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace FlowNexus.Engine.Cluster;

/// <summary>
/// Brings to this node's feed what other nodes commit. The database tells of it in the commit; after a broken connection
/// everything since the last moment of certainty is told again, so that nothing is missed. Who watches reads from the
/// database, so that nothing is doubled either.
/// </summary>
internal sealed class ClusterFeed(EngineDatabase database, ThisNode node, EventFeed feed, Terminations terminations, PauseBook pauses, TimeProvider time, ILogger<ClusterFeed> log) : IAsyncDisposable
{
    private const string ProgressChannel = "flownexus_progress";
    private const int Page = 5000;
    private static readonly TimeSpan Certainty = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<ExecutionProgress> _progress = Channel.CreateBounded<ExecutionProgress>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
    private Task _listening = Task.CompletedTask;
    private Task _telling = Task.CompletedTask;
    private long _certain;
    private bool _disposed;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var context = database.Read()) _certain = await context.SettledEvents.MaxAsync(row => (long?)row.Position, cancellationToken) ?? 0;
        feed.OtherNodes = progress => _progress.Writer.TryWrite(progress);
        _listening = Task.Run(() => AgainAsync(ListenAsync), CancellationToken.None);
        _telling = Task.Run(() => AgainAsync(TellAsync), CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _stop.CancelAsync();
        await Task.WhenAll(_listening, _telling);
        _stop.Dispose();
    }

    private async Task AgainAsync(Func<CancellationToken, Task> work)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await work(_stop.Token);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                log.LogWarning("News of other nodes are not heard: {Reason} It is tried again.", failure.Message);
                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.Connections!.Coordinating(5));
        await connection.OpenAsync(cancellationToken);
        connection.Notification += (_, told) => Take(told.Channel, told.Payload);
        await ExecuteAsync(connection, $"LISTEN {CommitNews.Channel}; LISTEN {ProgressChannel}", cancellationToken);
        await CatchUpAsync(cancellationToken);
        while (true)
        {
            // What was committed before this position has been told when the answer is here.
            await using (var certain = new NpgsqlCommand("SELECT flownexus_settled_position()", connection)) _certain = (long)(await certain.ExecuteScalarAsync(cancellationToken))! - 1;
            var until = time.GetTimestamp();
            while (time.GetElapsedTime(until) < Certainty) await connection.WaitAsync(Certainty, cancellationToken);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await using var context = database.Read();
        for (var position = _certain; ;)
        {
            var rows = await context.Events.Where(row => row.Position > position).OrderBy(row => row.Position).Take(Page)
                .Select(row => new EventRow { Position = row.Position, EventId = "", Type = row.Type, Stream = row.Stream, WorkflowId = row.WorkflowId, ExecutionId = row.ExecutionId }).ToListAsync(cancellationToken);
            Show(rows);
            if (rows.Count < Page) break;
            position = rows[^1].Position;
        }

        await ReadPausesAsync();
    }

    private void Take(string channel, string payload)
    {
        try
        {
            if (channel == ProgressChannel)
            {
                var split = payload.IndexOf('\n', StringComparison.Ordinal);
                if (payload[..split] != node.Id) feed.Show(JsonSerializer.Deserialize<ExecutionProgress>(payload[(split + 1)..], ProblemJson.Options)!);
                return;
            }

            var (from, events) = CommitNews.Read(payload);
            if (from != node.Id) Show(events);
        }
        catch (Exception failure)
        {
            log.LogError(failure, "News of another node could not be taken: {Payload}", payload);
        }
    }

    private void Show(IReadOnlyList<EventRow> events)
    {
        foreach (var row in events)
        {
            if (row.ExecutionId is { } id && terminations.IsAwaited(id)) _ = EndAsync(id);
            if (row.Type is "system_paused" or "system_resumed" or "queue_paused" or "queue_resumed" or "workflow_paused" or "workflow_activated" or "workflow_resumed") _ = ReadPausesAsync();
        }

        feed.Publish(events);
    }

    private async Task ReadPausesAsync()
    {
        try
        {
            await pauses.ReadAsync(_stop.Token);
            pauses.Tell();
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            log.LogError(failure, "What another node paused or resumed could not be read.");
        }
    }

    private async Task EndAsync(string executionId)
    {
        try
        {
            await using var context = database.Read();
            var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId, _stop.Token);
            if (row?.FinishedAt is null) return;
            var steps = new StepRow?[row.StepsTotal];
            foreach (var step in await context.Steps.Where(x => x.ExecutionId == executionId && x.Iteration == 0).ToListAsync(_stop.Token)) steps[step.Ordinal] = step;
            terminations.Complete(new EndedExecution(row, steps));
        }
        catch (Exception failure) when (!_stop.IsCancellationRequested)
        {
            log.LogError(failure, "How the execution {Execution} ended on another node could not be read.", executionId);
        }
    }

    private async Task TellAsync(CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(database.Connections!.Coordinating(5));
        await connection.OpenAsync(cancellationToken);
        await foreach (var progress in _progress.Reader.ReadAllAsync(cancellationToken))
        {
            await using var notify = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
            {
                Parameters = { new() { Value = ProgressChannel }, new() { Value = $"{node.Id}\n{JsonSerializer.Serialize(progress, ProblemJson.Options)}" } },
            };
            await notify.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
