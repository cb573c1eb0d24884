using System.Runtime.CompilerServices;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Logs;

/// <summary>
/// Follows the lines of one execution: every one once and in order, read from the database. A line written on this node
/// comes at once, one of another node within a second.
/// </summary>
public sealed class WatchLogs
{
    private const int Batch = 500;

    /// <summary>How often to look for lines that another node stored.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    private readonly EngineDatabase _database;
    private readonly LogWriter _writer;
    private readonly TimeProvider _time;

    internal WatchLogs(EngineDatabase database, LogWriter writer, TimeProvider time)
    {
        _database = database;
        _writer = writer;
        _time = time;
    }

    /// <summary>Ends after the last line of an execution that has ended. An empty list means that nothing came for a second.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND, INVALID_REQUEST, FORBIDDEN; before the first item.</exception>
    public async Task<IAsyncEnumerable<IReadOnlyList<LogLineView>>> RunAsync(Principal principal, string executionId, LogFilter filter, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        await using var context = _database.Read();
        if (!await context.Executions.AnyAsync(row => row.Id == executionId, cancellationToken)) throw GetStatus.NotFound(executionId);
        FindLogs.Filtered(context, executionId, filter);
        return WatchAsync(executionId, filter, cancellationToken);
    }

    private async IAsyncEnumerable<IReadOnlyList<LogLineView>> WatchAsync(string executionId, LogFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var news = new SemaphoreSlim(0);
        void Tell(object? sender, StoredLines stored)
        {
            if (stored.Executions.Contains(executionId)) news.Release();
        }

        _writer.Stored += Tell;
        try
        {
            var after = filter.After ?? 0;
            while (true)
            {
                var ended = await HasEndedAsync(executionId, cancellationToken);
                if (ended) await _writer.FlushAsync(cancellationToken);
                var lines = await ReadAsync(executionId, filter with { After = after }, cancellationToken);
                if (lines.Count > 0) after = lines[^1].Id;
                if (lines.Count > 0 || !ended) yield return lines;
                if (lines.Count == Batch) continue;
                if (ended) yield break;
                await WaitAsync(news, cancellationToken);
            }
        }
        finally
        {
            _writer.Stored -= Tell;
        }
    }

    private async Task WaitAsync(SemaphoreSlim news, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = _time.CreateTimer(_ => enough.Cancel(), null, Look, Timeout.InfiniteTimeSpan);
        try
        {
            await news.WaitAsync(enough.Token);
            while (news.CurrentCount > 0) await news.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to look whether another node stored some.
        }
    }

    private async Task<List<LogLineView>> ReadAsync(string executionId, LogFilter filter, CancellationToken cancellationToken)
    {
        await using var context = _database.Read();
        var rows = await FindLogs.Filtered(context, executionId, filter).OrderBy(row => row.Position).Take(Batch).ToListAsync(cancellationToken);
        return rows.ConvertAll(LogLineView.Of);
    }

    private async Task<bool> HasEndedAsync(string executionId, CancellationToken cancellationToken)
    {
        await using var context = _database.Read();
        var status = await context.Executions.Where(row => row.Id == executionId).Select(row => row.Status).FirstOrDefaultAsync(cancellationToken);
        return status is null || StatusWords.Execution(status).IsTerminal();
    }
}
