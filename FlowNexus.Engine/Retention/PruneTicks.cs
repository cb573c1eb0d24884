using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Retention;

/// <summary>Deletes old ticks. The last of each schedule says up to where it is dealt with, so it stays.</summary>
internal sealed class PruneTicks(EngineDatabase database, TimeProvider time)
{
    private const int Together = 500;

    public async Task RunAsync(TimeSpan age, RetentionFigures figures, CancellationToken cancellationToken)
    {
        var before = UnixMicros.Of(time.GetUtcNow() - age);
        while (true)
        {
            await using var context = database.Read();
            var page = await context.Ticks
                .Where(row => row.RecordedAt < before && context.Ticks.Any(later => later.WorkflowId == row.WorkflowId && later.TriggerKey == row.TriggerKey && later.DueAt > row.DueAt))
                .Take(Together).Select(row => new { row.WorkflowId, row.TriggerKey, row.DueAt }).ToListAsync(cancellationToken);
            if (page.Count == 0) return;
            var transition = new Transition();
            foreach (var tick in page) PruneWriting.Tick(transition, tick.WorkflowId, tick.TriggerKey, tick.DueAt);
            await database.Journal.CommitAsync(transition);
            figures.Ticks += page.Count;
            if (page.Count < Together) return;
        }
    }
}
