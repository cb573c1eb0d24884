using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.Signals;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>A signal for an execution.</summary>
/// <param name="Data">Any JSON, at most 64 KB.</param>
/// <param name="IdempotencyKey">The same key on the same execution counts once.</param>
public sealed record SignalRequest(string ExecutionId, string Signal, JsonNode? Data = null, string? IdempotencyKey = null);

/// <summary>What became of a signal.</summary>
/// <param name="Outcome"><c>delivered</c>: a step went on with it. <c>kept</c>: it waits for its step. <c>ignored</c>: no step waits now and early ones do not count.</param>
/// <param name="Step">The step it was delivered to.</param>
/// <param name="Number">Its place among the signals of the execution, from 1; null when it was ignored.</param>
public sealed record SentSignal(string ExecutionId, string Signal, string Outcome, string? Step, int? Number)
{
    public bool Success { get; } = true;
}

/// <summary>Sends a signal to an execution: the first of its steps that waits for it goes on, exactly one.</summary>
public sealed class SendSignal(EngineDatabase database, WorkflowVersions versions, IGrainFactory grains)
{
    /// <summary>Largest data, in bytes of JSON.</summary>
    public const int MaxBytes = 64 * 1024;

    private const int Tries = 3;

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; INVALID_REQUEST; NOT_FOUND when no step takes such a signal; CONFLICT when the execution has ended, nobody waits any more, too many are kept, or the key was used for another signal.</exception>
    public async Task<SentSignal> RunAsync(Principal principal, SignalRequest request)
    {
        principal.Demand(Permission.Run);
        var data = request.Data?.ToJsonString(ProblemJson.Options) ?? "null";
        Check(request, data);
        for (var tries = 0; tries < Tries; tries++)
        {
            var (workflow, before) = await FindAsync(request);
            var reply = before ?? await grains.GetGrain<IExecutionGrain>(request.ExecutionId).SignalAsync(request.Signal, data, principal.UserId, request.IdempotencyKey);
            if (reply is not null) return Answer(request, data, reply, workflow);
        }

        throw new ProblemException(ProblemCodes.Conflict, "The execution is moving to another node. Send the signal again in a second.");
    }

    private static void Check(SignalRequest request, string data)
    {
        if (!SignalNames.IsName(request.Signal)) throw new ProblemException(ProblemCodes.InvalidRequest, $"The name of a signal must be {SignalNames.Rule}.");
        if (Encoding.UTF8.GetByteCount(data) is > MaxBytes and var bytes)
            throw new ProblemException(ProblemCodes.InvalidRequest, $"The data of a signal has at most {MaxBytes} bytes; this one has {bytes}. Put it into a file and send its name.");
        if (request.IdempotencyKey is { } key && (key.Length is 0 or > StartExecution.MaxIdempotencyKey || key.Any(char.IsControl)))
            throw new ProblemException(ProblemCodes.InvalidRequest, $"An idempotency key has 1 to {StartExecution.MaxIdempotencyKey} characters, none of them control characters.");
    }

    /// <returns>The workflow, and of an execution that has ended what became of the same signal before.</returns>
    private async Task<(PreparedWorkflow Workflow, SignalReply? Before)> FindAsync(SignalRequest request)
    {
        await using var context = database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == request.ExecutionId) ?? throw GetStatus.NotFound(request.ExecutionId);
        var workflow = await versions.GetAsync(row.WorkflowId, row.Version);
        string[] known = [.. workflow.Plan.Steps.Select(step => step.Signal).OfType<string>().Distinct()];
        if (!known.Contains(request.Signal))
            throw new ProblemException(ProblemCodes.NotFound, known.Length == 0
                ? "No step of this execution waits for signals."
                : $"No step of this execution waits for a signal \"{request.Signal}\"; its signals are {string.Join(", ", known)}.");
        if (!StatusWords.Execution(row.Status).IsTerminal()) return (workflow, null);

        // Who sends again what was delivered is told so, even after the end.
        var before = request.IdempotencyKey is { } key ? await context.Signals.FirstOrDefaultAsync(x => x.ExecutionId == row.Id && x.IdempotencyKey == key) : null;
        if (before is null) throw new ProblemException(ProblemCodes.Conflict, $"The execution is {row.Status}; it takes no more signals.");
        return (workflow, new SignalReply(SignalOutcome.Known, before.TakenBy ?? -1, before.Number, before.Name, before.Data));
    }

    private static SentSignal Answer(SignalRequest request, string data, SignalReply reply, PreparedWorkflow workflow)
    {
        switch (reply.Outcome)
        {
            case SignalOutcome.Full:
                throw new ProblemException(ProblemCodes.Conflict, $"The execution keeps {SignalInbox.MaxKept} signals that no step has taken yet; it takes no more until one has.");
            case SignalOutcome.NobodyWaits:
                throw new ProblemException(ProblemCodes.Conflict, $"Every step that takes the signal \"{request.Signal}\" has ended.");
            case SignalOutcome.Known when (reply.Name, reply.Data) != (request.Signal, data):
                throw new ProblemException(ProblemCodes.Conflict, $"The idempotency key \"{request.IdempotencyKey}\" was used for another signal of this execution. Send a new one.");
        }

        var step = reply.Ordinal < 0 ? null : workflow.Definition.Steps[reply.Ordinal].Name;
        var outcome = reply.Outcome == SignalOutcome.Ignored ? "ignored" : step is null ? "kept" : "delivered";
        return new SentSignal(request.ExecutionId, request.Signal, outcome, step, reply.Number == 0 ? null : reply.Number);
    }
}
