using System.Text.Json;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Retention;

/// <summary>One round over every kind. What it took stands in the log and in the audit stream <c>retention</c>.</summary>
internal sealed class ApplyRetention(EngineDatabase database, PruneExecutions executions, PruneTicks ticks, IOptions<RetentionOptions> options, TimeProvider time, ILogger<ApplyRetention> log)
{
    public const string Stream = "retention";

    public async Task<RetentionFigures> RunAsync(CancellationToken cancellationToken)
    {
        var all = new RetentionFigures();
        try
        {
            foreach (var expiry in Expiry.Of(options.Value))
                for (var before = -1L; before < all.Executions + all.Payloads + all.Files;)
                {
                    before = all.Executions + all.Payloads + all.Files;
                    await executions.RunAsync(expiry, all, cancellationToken);
                }

            if (options.Value.TicksDays > 0) await ticks.RunAsync(TimeSpan.FromDays(options.Value.TicksDays), all, cancellationToken);
        }
        finally
        {
            // A round that is cut short took what it took.
            if (!all.IsNothing) await TellAsync(all);
        }

        return all;
    }

    private Task TellAsync(RetentionFigures figures)
    {
        log.LogInformation(
            "Retention: {Executions} executions reduced to their summary, details of {Payloads} events erased, {Files} files of {Size} and {Ticks} ticks deleted.",
            figures.Executions, figures.Payloads, figures.Files, ByteSize.Format(figures.FileBytes), figures.Ticks);
        var now = time.GetUtcNow();
        var transition = new Transition();
        transition.Tell(new EventRow
        {
            Stream = Stream,
            EventId = NewId.Event(now),
            Type = "retention_applied",
            At = UnixMicros.Of(now),
            UserId = "system_retention",
            Payload = JsonSerializer.Serialize(new { figures.Executions, EventPayloads = figures.Payloads, figures.Files, figures.FileBytes, figures.Ticks }, ProblemJson.Options),
        });
        return database.Journal.CommitAsync(transition);
    }
}
