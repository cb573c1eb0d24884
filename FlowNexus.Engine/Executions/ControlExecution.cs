using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Executions;

/// <summary>Cancels, pauses and resumes executions.</summary>
public sealed class ControlExecution(EngineDatabase database, IGrainFactory grains, IOptions<EngineOptions> options)
{
    public const int MaxReason = 500;

    /// <summary>
    /// Running steps get the signal and a grace (<c>FlowNexus:CancelGraceSeconds</c>); what they report after it is
    /// discarded and audited. Returns at once: until they are done the execution is running and being cancelled.
    /// </summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; CONFLICT when it has ended or is being cancelled.</exception>
    public Task CancelAsync(Principal principal, string executionId, string? reason) =>
        RunAsync(principal, executionId, "cancel", reason, grain => grain.CancelAsync(principal.UserId, reason, TimeSpan.FromSeconds(options.Value.CancelGraceSeconds)));

    /// <summary>What runs finishes; nothing new starts.</summary>
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; CONFLICT when it has not started or has ended.</exception>
    public Task PauseAsync(Principal principal, string executionId, string? reason, string? scope = null) =>
        RunAsync(principal, executionId, "pause", reason, grain => grain.PauseAsync(principal.UserId, reason, scope));

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; CONFLICT when it is not paused.</exception>
    public Task ResumeAsync(Principal principal, string executionId) =>
        RunAsync(principal, executionId, "resume", null, grain => grain.ResumeAsync(principal.UserId));

    private async Task RunAsync(Principal principal, string executionId, string verb, string? reason, Func<IExecutionGrain, Task<bool>> act)
    {
        principal.Demand(Permission.Run);
        if (reason is { Length: > MaxReason }) throw new ProblemException(ProblemCodes.InvalidRequest, $"A reason has at most {MaxReason} characters; this one has {reason.Length}.");
        var row = await GetAsync(executionId);
        if (ExecutionRows.Control(row.Control) is { Kind: ControlKind.Cancel } cancel)
            throw new ProblemException(ProblemCodes.Conflict, $"The execution is being cancelled by {cancel.By} already; it ends when its running steps have stopped, {options.Value.CancelGraceSeconds} s after the cancel at the latest.");
        var allowed = (verb, row.Status) switch
        {
            ("resume", "paused") => true,
            ("pause", "running" or "waiting") => true,
            ("cancel", "queued" or "running" or "waiting" or "paused") => true,
            _ => false,
        };
        if (!allowed || !await act(grains.GetGrain<IExecutionGrain>(executionId)))
        {
            row = await GetAsync(executionId);
            throw new ProblemException(ProblemCodes.Conflict, $"The execution is {row.Status}; it cannot {verb} from there.");
        }
    }

    private async Task<ExecutionRow> GetAsync(string executionId)
    {
        await using var context = database.Read();
        return await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId)
            ?? throw new ProblemException(ProblemCodes.ExecutionNotFound, $"There is no execution \"{executionId}\".");
    }
}
