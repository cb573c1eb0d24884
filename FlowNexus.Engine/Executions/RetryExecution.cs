using FlowNexus.Engine.Access;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>What to retry, and from where.</summary>
/// <param name="From"><c>failed</c> takes over the results of completed steps; <c>start</c> begins afresh.</param>
/// <param name="IdempotencyKey">The same key on the same execution gives the same retry.</param>
public sealed record RetryRequest(string ExecutionId, string From = "failed", string? IdempotencyKey = null);

/// <summary>Starts an execution that ended without completing again: a new execution of the same version with the same input.</summary>
public sealed class RetryExecution(EngineDatabase database, WorkflowVersions versions, ArtifactStore artifacts, StartExecution start, IGrainFactory grains)
{
    private static readonly string[] Places = ["failed", "start"];

    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; EXECUTION_EXPIRED; CONFLICT when it completed or has not ended, or the key belongs to another start; WORKFLOW_NOT_ACTIVE; what <see cref="StartExecution"/> throws.</exception>
    public async Task<StartedExecution> RunAsync(Principal principal, RetryRequest request)
    {
        principal.Demand(Permission.Run);
        Allowed.One("from", request.From, Places);
        await using var context = database.Read();
        var before = await context.Executions.FirstOrDefaultAsync(row => row.Id == request.ExecutionId) ?? throw GetStatus.NotFound(request.ExecutionId);
        var started = new StartRequest(before.WorkflowId) { IdempotencyKey = request.IdempotencyKey, TriggeredBy = "retry" };
        if (await start.FindByKeyAsync(started) is { } known) return known.Row.RetryOf == before.Id ? known : throw KeyTaken(request);
        if (!StatusWords.Execution(before.Status).IsTerminal() || before.Status == "completed")
            throw new ProblemException(ProblemCodes.Conflict, $"The execution is {before.Status}; only one that failed, timed out or was cancelled can be retried.{(before.Status == "completed" ? " Run the workflow again instead." : "")}");
        if (!ExecutionViews.IsRetained(before)) throw GetStatus.Expired(before);
        var workflow = await context.Workflows.FirstAsync(row => row.Id == before.WorkflowId);
        if (workflow.Status != "active")
            throw new ProblemException(ProblemCodes.WorkflowNotActive, $"The workflow \"{workflow.Name}\" is {workflow.Status}; nothing of it starts. Activate or resume it first.");

        var prepared = (await versions.GetAsync(before.WorkflowId, before.Version)).With(before.Pins);
        await start.DemandAgentsAndCreditsAsync(prepared);
        var steps = request.From == "start" ? [] : await context.Steps.Where(row => row.ExecutionId == before.Id && row.Iteration == 0).ToDictionaryAsync(row => row.Ordinal);
        var adopted = TakenOver.From(prepared.Plan.Graph, steps);
        started = started with { Input = InputOf(before), Priority = Workflows.Priority.TryParse(before.PriorityText, out var priority) ? priority : null };
        var row = start.NewRow(principal, started, workflow, prepared);
        row.RetryOf = before.Id;
        row.Pins = before.Pins;
        var accepted = await start.AcceptAsync(started, row, workflow.Name, prepared, adopted);
        if (accepted.Row.RetryOf != before.Id) throw KeyTaken(request);
        await grains.GetGrain<IExecutionGrain>(before.Id).NoteRetryAsync(accepted.Row.Id, principal.UserId);
        return accepted;
    }

    private System.Text.Json.Nodes.JsonNode? InputOf(ExecutionRow row)
    {
        var json = row.InputArtifact is { } id ? artifacts.ReadBody(id) : row.Input;
        return json is null ? null : System.Text.Json.Nodes.JsonNode.Parse(json);
    }

    private static ProblemException KeyTaken(RetryRequest request) =>
        new(ProblemCodes.Conflict, $"The idempotency key \"{request.IdempotencyKey}\" was used for another start of this workflow. Send a new one.");
}
