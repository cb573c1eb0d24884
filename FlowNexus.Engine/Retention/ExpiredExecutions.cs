using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Retention;

/// <summary>
/// Finds ended executions of an age that have something left of certain kinds. Each status is walked in the order of the
/// end; what was walked is remembered, so that only the first round after a start looks at what is long done.
/// </summary>
internal sealed class ExpiredExecutions(EngineDatabase database)
{
    private static readonly string[] Ended = ["completed", "failed", "cancelled", "timed_out"];

    private readonly Dictionary<(Pruned Kinds, string Status), long> _doneUntil = [];

    /// <summary>Pages of executions that may be pruned now. Those whose family needs them are left out and looked at again in the next round.</summary>
    public async IAsyncEnumerable<IReadOnlyList<ExpiredExecution>> FindAsync(Pruned kinds, long endedBefore, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var status in Ended)
        {
            var key = (kinds, status);
            var (after, afterId) = (_doneUntil.GetValueOrDefault(key), "");
            long? firstHeld = null;
            while (true)
            {
                await using var context = database.Read();
                var page = await PageAsync(context, kinds, status, endedBefore, after, afterId, pageSize, cancellationToken);
                if (page.Count == 0) break;
                (after, afterId) = (page[^1].FinishedAt, page[^1].Id);
                var free = await FreeAsync(context, page, kinds, cancellationToken);
                if (free.Count < page.Count) firstHeld ??= page.First(one => !free.Contains(one)).FinishedAt;
                if (free.Count > 0) yield return await WithContentsAsync(context, free, cancellationToken);
            }

            _doneUntil[key] = firstHeld ?? after;
        }
    }

    private static Task<List<ExpiredExecution>> PageAsync(FlowNexusDbContext context, Pruned kinds, string status, long endedBefore, long after, string afterId, int size, CancellationToken cancellationToken)
    {
        var (wanted, unfinished) = ((int)kinds, (int)Pruned.Unfinished);
        return context.Executions
#pragma warning disable CA1309 // The database compares, by bytes; EF translates no overload that says so.
            .Where(row => row.Status == status && row.FinishedAt >= after && row.FinishedAt < endedBefore && (row.FinishedAt > after || string.Compare(row.Id, afterId) > 0))
#pragma warning restore CA1309
            .Where(row => (row.Pruned & wanted) != wanted || (row.Pruned & unfinished) != 0)
            .OrderBy(row => row.FinishedAt).ThenBy(row => row.Id)
            .Take(size)
            .Select(row => new ExpiredExecution(row.Id, row.FinishedAt!.Value, row.ParentId, row.Awaited, (Pruned)row.Pruned, row.EventSeq, row.InputArtifact))
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// A family goes from its root down, a chain of retries from its last back: whoever uses what another execution made
    /// has given up its own before. Nobody loses anything while a relative runs.
    /// </summary>
    private static async Task<List<ExpiredExecution>> FreeAsync(FlowNexusDbContext context, List<ExpiredExecution> page, Pruned kinds, CancellationToken cancellationToken)
    {
        var wanted = (int)kinds;
        var ids = page.ConvertAll(one => one.Id);
        var parents = page.Select(one => one.ParentId).OfType<string>().Distinct().ToList();
        var parentsThatNeed = parents.Count == 0 ? [] : await context.Executions.Where(row => parents.Contains(row.Id) && (row.FinishedAt == null || (row.Pruned & wanted) != wanted)).Select(row => row.Id).ToListAsync(cancellationToken);
        var withRunningChildren = await context.Executions.Where(row => row.ParentId != null && ids.Contains(row.ParentId) && row.FinishedAt == null).Select(row => row.ParentId!).Distinct().ToListAsync(cancellationToken);
        var withRetries = await context.Executions.Where(row => row.RetryOf != null && ids.Contains(row.RetryOf) && (row.FinishedAt == null || (row.Pruned & wanted) != wanted)).Select(row => row.RetryOf!).Distinct().ToListAsync(cancellationToken);
        var held = withRunningChildren.Concat(withRetries).ToHashSet(StringComparer.Ordinal);
        var needed = parentsThatNeed.ToHashSet(StringComparer.Ordinal);
        return page.FindAll(one => !one.Awaited && !held.Contains(one.Id) && (one.ParentId is null || !needed.Contains(one.ParentId)));
    }

    private static async Task<IReadOnlyList<ExpiredExecution>> WithContentsAsync(FlowNexusDbContext context, List<ExpiredExecution> free, CancellationToken cancellationToken)
    {
        var ids = free.ConvertAll(one => one.Id);
        var iterations = await context.Iterations.Where(row => ids.Contains(row.ExecutionId)).GroupBy(row => row.ExecutionId)
            .Select(group => new { group.Key, Last = group.Max(row => row.Iteration) }).ToDictionaryAsync(one => one.Key, one => one.Last + 1, cancellationToken);
        var files = (await context.Artifacts.Where(row => ids.Contains(row.ExecutionId)).Select(row => new { row.ExecutionId, row.Id, row.Size, row.Kind }).ToListAsync(cancellationToken))
            .ToLookup(row => row.ExecutionId, row => new ExpiredFile(row.Id, row.Size, row.Kind == "body"));
        return free.ConvertAll(one => one with { Iterations = iterations.GetValueOrDefault(one.Id), Files = [.. files[one.Id]] });
    }
}
