using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Carries out what was decided for a schedule. Done twice it has the effect of once: a tick has one row.</summary>
internal sealed class FireTick(StartExecution start, TickLog log, ILogger<FireTick> messages)
{
    public async Task RunAsync(string workflowId, ScheduleTrigger schedule, ScheduleDecision decision)
    {
        if (decision.Skipped is { } skipped) await log.SkipAsync(workflowId, schedule, skipped);
        if (decision.Start is { } due) await StartAsync(workflowId, schedule, due);
    }

    private async Task StartAsync(string workflowId, ScheduleTrigger schedule, DateTimeOffset due)
    {
        try
        {
            await start.RunAsync(Principal.Scheduler, new StartRequest(workflowId)
            {
                Input = schedule.Input?.DeepClone(),
                TriggeredBy = "schedule",
                Tick = log.Started(workflowId, schedule, due),
            });
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.Conflict)
        {
            messages.LogDebug("The tick {Due:O} of workflow {Workflow} was recorded already.", due, workflowId);
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.NodeDraining)
        {
            // Another node has the same alarm; alone, the next start finds the tick missed.
        }
        catch (ProblemException failure) when (failure.Problem.Code is ProblemCodes.WorkflowNotActive or ProblemCodes.WorkflowNotFound)
        {
            messages.LogDebug("The tick {Due:O} came as workflow {Workflow} was taken out of service.", due, workflowId);
        }
        catch (ProblemException failure)
        {
            messages.LogWarning("The tick {Due:O} of workflow {Workflow} started nothing: {Code} {Message}", due, workflowId, failure.Problem.Code, failure.Problem.Message);
            await log.RefuseAsync(workflowId, schedule, due, failure.Problem);
        }
    }
}
