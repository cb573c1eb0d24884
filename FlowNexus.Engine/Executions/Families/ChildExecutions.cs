using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Executions.Families;

/// <summary>Executions that executions start: begun once, told down what happens to the parent, told up how they end.</summary>
internal sealed class ChildExecutions(EngineDatabase database, StartExecution start, IGrainFactory grains, IOptions<EngineOptions> options, ILogger<ChildExecutions> log)
{
    private const string By = "system_parent";

    private TimeSpan Grace => TimeSpan.FromSeconds(options.Value.CancelGraceSeconds);

    /// <exception cref="ProblemException">What <see cref="StartExecution"/> throws; NESTED_TOO_DEEP.</exception>
    /// <param name="trace">The span it hangs under.</param>
    public async Task<ExecutionRow> StartAsync(ChildCall call, ExecutionRow parent, ParentLink link, string? trace)
    {
        await using var context = database.Read();
        var existing = await context.Executions.FirstOrDefaultAsync(row => row.ParentId == link.ExecutionId && row.ParentOrdinal == link.Ordinal && row.ParentItem == link.Item && row.ParentAttempt == link.Attempt);
        if (existing is not null) return existing;
        if (link.Depth > ParentLink.MaxDepth)
            throw new ProblemException(ProblemCodes.NestedTooDeep, $"Workflows call each other {link.Depth} levels deep; at most {ParentLink.MaxDepth} are allowed. Look for a workflow that calls itself without an end.");
        var principal = Principal.LocalOwner with { UserId = parent.UserId };
        var started = await start.RunAsync(principal, new StartRequest(await WorkflowIdAsync(context, call.Workflow))
        {
            Input = call.Input,
            Version = call.Version,
            Priority = Priority.TryParse(parent.PriorityText, out var priority) ? priority : null,
            IdempotencyKey = link.Key,
            TriggeredBy = "sub_workflow",
            Parent = link,
            TraceParent = trace,
        });
        return started.Row;
    }

    /// <summary>Tells the parent; whoever is not told now is found by <see cref="ReconcileAsync"/>.</summary>
    public void HasEnded(ExecutionRow child) => _ = TryAsync(() => TellAsync(child), child.Id);

    public void Cancel(string childId) => _ = TryAsync(() => grains.GetGrain<IExecutionGrain>(childId).CancelAsync(By, "its parent does not wait for it any more", Grace), childId);

    /// <summary>Cancels what a step started and that has not ended.</summary>
    /// <param name="item">Null for all of its items.</param>
    public void Cancel(string parentId, int ordinal, int? item) => _ = TryAsync(
        async () =>
        {
            foreach (var child in await OpenAsync(parentId, ordinal, item)) Cancel(child.Id);
        },
        parentId);

    /// <summary>What pauses or resumes an execution does so to those it waits for.</summary>
    public void PassDown(string parentId, MachineEvent happened) => _ = TryAsync(
        async () =>
        {
            foreach (var child in await OpenAsync(parentId, null, null))
            {
                var grain = grains.GetGrain<IExecutionGrain>(child.Id);
                if (happened.Type == MachineEventType.ExecutionPaused) await grain.PauseAsync(happened.By ?? By, happened.Reason, happened.Scope);
                else await grain.ResumeAsync(happened.By ?? By);
            }
        },
        parentId);

    /// <summary>Makes up for what did not arrive: parents hear of children that ended, children of parents that did.</summary>
    /// <param name="endedBefore">What ended later is still on its way.</param>
    public async Task ReconcileAsync(DateTimeOffset endedBefore, CancellationToken cancellationToken)
    {
        var limit = UnixMicros.Of(endedBefore);
        await using var context = database.Read();
        var ended = await context.Executions.Where(row => row.Awaited && row.FinishedAt <= limit).ToListAsync(cancellationToken);
        foreach (var child in ended) await TryAsync(() => TellAsync(child), child.Id);
        var orphans = await context.Executions.Where(row => row.Awaited && row.FinishedAt == null && context.Executions.Any(parent => parent.Id == row.ParentId && parent.FinishedAt <= limit))
            .Select(row => row.Id).ToListAsync(cancellationToken);
        foreach (var child in orphans) Cancel(child);
    }

    private async Task TellAsync(ExecutionRow child)
    {
        var told = await grains.GetGrain<IExecutionGrain>(child.ParentId!).TakeChildAsync(child.ParentOrdinal!.Value, child.ParentItem!.Value, child.ParentAttempt!.Value, child.Id);
        if (told) return;
        var taken = new Transition();
        taken.Taken(child.Id);
        await database.Journal.CommitAsync(taken);
    }

    private async Task<List<ExecutionRow>> OpenAsync(string parentId, int? ordinal, int? item)
    {
        await using var context = database.Read();
        return await context.Executions.Where(row => row.ParentId == parentId && row.Awaited && row.FinishedAt == null && (ordinal == null || row.ParentOrdinal == ordinal) && (item == null || row.ParentItem == item)).ToListAsync();
    }

    private static async Task<string> WorkflowIdAsync(FlowNexusDbContext context, string word)
    {
        if (await context.Workflows.AnyAsync(row => row.Id == word)) return word;
        var named = await context.Workflows.Where(row => row.Name == word && row.Status != "archived").Select(row => row.Id).Take(5).ToListAsync();
        if (named.Count == 1) return named[0];
        throw new ProblemException(ProblemCodes.WorkflowNotFound, named.Count == 0
            ? $"There is no workflow with the id or the name \"{word}\"."
            : $"Several workflows are called \"{word}\": {string.Join(", ", named)}. Name one by its id.");
    }

    private async Task TryAsync(Func<Task> act, string executionId)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
        {
            log.LogError(failure, "What happened to execution {Execution} did not reach its family; it is made up for later.", executionId);
        }
    }
}
