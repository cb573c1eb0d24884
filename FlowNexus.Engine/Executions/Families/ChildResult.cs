using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Families;

/// <summary>How another execution ended, as the result of the step that waited for it.</summary>
internal static class ChildResult
{
    public static StepResult Of(ExecutionRow child, JsonNode? output)
    {
        if (child.Status == "completed") return new StepResult { Output = output };
        var facts = new JsonObject { ["execution_id"] = child.Id, ["workflow_id"] = child.WorkflowId, ["status"] = child.Status };
        if (child.Status == "cancelled") return StepResult.Failed(new Problem(ProblemCodes.ChildCancelled, $"Execution {child.Id}, which did this step, was cancelled.") { Facts = facts });
        var problem = ExecutionRows.Problem(child.Error) ?? new Problem(ProblemCodes.StepFailed, $"It {child.Status}.");
        return StepResult.Failed(problem with { Message = $"Execution {child.Id} {child.Status.Replace('_', ' ')}: {problem.Message}", Facts = facts }, retryable: true);
    }
}
