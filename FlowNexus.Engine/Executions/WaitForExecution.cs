using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Waits for an execution to end. Leaving early, by time or by a lost caller, never touches the execution.</summary>
public sealed class WaitForExecution
{
    private readonly EngineDatabase _database;
    private readonly Terminations _terminations;
    private readonly TimeProvider _time;

    internal WaitForExecution(EngineDatabase database, Terminations terminations, TimeProvider time)
    {
        _database = database;
        _terminations = terminations;
        _time = time;
    }

    /// <summary>Waits for what the caller has just started with <see cref="StartRequest.Watch"/>.</summary>
    /// <returns>The execution as it ended; null when the time was up first.</returns>
    public async Task<StartedExecution?> RunAsync(StartedExecution started, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var watch = started.Watch;
        if (started.HasEnded || watch is null) return started.HasEnded ? started : null;
        try
        {
            var ended = await watch.Ended.WaitAsync(limit, _time, cancellationToken);
            return started with { Row = ended.Row, Steps = ended.Steps, Standing = default };
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <returns>The row once terminal; null when the time was up first.</returns>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND.</exception>
    public async Task<ExecutionRow?> RunAsync(Principal principal, string executionId, TimeSpan limit, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Read);
        using var registration = _terminations.Wait(executionId);
        await using (var context = _database.Read())
        {
            var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId, cancellationToken)
                ?? throw new ProblemException(ProblemCodes.ExecutionNotFound, $"There is no execution \"{executionId}\".");
            if (StatusWords.Execution(row.Status).IsTerminal()) return row;
        }

        try
        {
            return (await registration.Ended.WaitAsync(limit, _time, cancellationToken)).Row;
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
