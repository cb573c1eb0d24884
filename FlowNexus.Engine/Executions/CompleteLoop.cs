using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions;

/// <summary>Completes a for_each step from outside with the items that are done; what is under way is cancelled, the rest left out.</summary>
public sealed class CompleteLoop(EngineDatabase database, WorkflowVersions versions, IGrainFactory grains)
{
    /// <exception cref="ProblemException">EXECUTION_NOT_FOUND; NOT_FOUND when it has no such step; CONFLICT when the step is no loop that runs.</exception>
    public async Task RunAsync(Principal principal, string executionId, string stepName)
    {
        principal.Demand(Permission.Run);
        await using var context = database.Read();
        var row = await context.Executions.FirstOrDefaultAsync(x => x.Id == executionId) ?? throw GetStatus.NotFound(executionId);
        var workflow = await versions.GetAsync(row.WorkflowId, row.Version);
        var ordinal = workflow.Ordinal(stepName) ?? throw new ProblemException(ProblemCodes.NotFound, $"The execution has no step \"{stepName}\".");
        if (workflow.Definition.Steps[ordinal].Type != "for_each") throw new ProblemException(ProblemCodes.Conflict, $"Step \"{stepName}\" is no for_each step; only those can be completed from outside.");
        var step = await context.Steps.FirstOrDefaultAsync(x => x.ExecutionId == executionId && x.Ordinal == ordinal);
        if (step is not { Status: "in_progress" } || !await grains.GetGrain<IExecutionGrain>(executionId).CompleteLoopAsync(ordinal, principal.UserId))
            throw new ProblemException(ProblemCodes.Conflict, $"Step \"{stepName}\" is {step?.Status ?? "pending"}; it can be completed while it is in progress.");
    }
}
