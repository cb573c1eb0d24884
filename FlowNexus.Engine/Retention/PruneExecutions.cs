using System.Diagnostics;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Retention;

/// <summary>Reduces expired executions, a few at a time and then a pause twice as long, so that the journal is for others most of the time.</summary>
internal sealed class PruneExecutions(EngineDatabase database, ExpiredExecutions expired, ArtifactStore artifacts, TimeProvider time)
{
    private const int Together = 50;
    private const int PauseFactor = 2;

    /// <summary>One walk over what has expired. Relatives that were waited for become free in the next.</summary>
    public async Task RunAsync(Expiry expiry, RetentionFigures figures, CancellationToken cancellationToken)
    {
        var endedBefore = UnixMicros.Of(time.GetUtcNow() - expiry.Age);
        await foreach (var page in expired.FindAsync(expiry.Kinds, endedBefore, Together, cancellationToken))
        {
            var since = Stopwatch.GetTimestamp();
            foreach (var execution in page) DeleteFiles(execution, expiry.Kinds, figures);
            var pruned = await Task.WhenAll(page.Select(execution => TryPruneAsync(execution, expiry.Kinds, cancellationToken)));
            foreach (var (execution, taken) in page.Zip(pruned)) Count(execution, taken, figures);
            await Task.Delay(Stopwatch.GetElapsedTime(since) * PauseFactor, time, cancellationToken);
        }
    }

    /// <returns>The kinds that this took.</returns>
    private async Task<Pruned> TryPruneAsync(ExpiredExecution execution, Pruned kinds, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var transition in PruneWriting.Of(execution, kinds))
            {
                cancellationToken.ThrowIfCancellationRequested();
                await database.Journal.CommitAsync(transition);
            }
        }
        catch (TransitionRefusedException)
        {
            return Pruned.Nothing; // Another node was here first.
        }

        return kinds & ~execution.Pruned;
    }

    private static void Count(ExpiredExecution execution, Pruned taken, RetentionFigures figures)
    {
        if (taken.HasFlag(Pruned.Rows)) figures.Executions++;
        if (taken.HasFlag(Pruned.Events)) figures.Payloads += execution.Events;
    }

    /// <summary>Before the commit: a stop in between leaves an execution that is found again, not files that nobody knows.</summary>
    private void DeleteFiles(ExpiredExecution execution, Pruned kinds, RetentionFigures figures)
    {
        foreach (var file in execution.Files.Where(file => kinds.HasFlag(file.IsBody ? Pruned.Rows : Pruned.Files)))
        {
            if (!artifacts.TryDelete(file.Id)) continue;
            figures.Files++;
            figures.FileBytes += file.Size;
        }

        if (kinds.HasFlag(Pruned.Rows) && execution.InputArtifact is { } input && artifacts.TryDelete(input)) figures.Files++;
    }
}
