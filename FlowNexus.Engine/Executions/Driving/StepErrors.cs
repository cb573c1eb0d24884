using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Why steps failed for good, as expressions read it.</summary>
internal static class StepErrors
{
    /// <param name="events">Of the transition under way: what failed in it has no row yet.</param>
    public static JsonNode? Of(PreparedWorkflow workflow, StepRow?[] rows, IReadOnlyList<MachineEvent> events, string stepName)
    {
        if (workflow.Ordinal(stepName) is not { } ordinal) return null;
        foreach (var happened in events)
            if (happened.Step == ordinal && (happened.Type is MachineEventType.StepFailed or MachineEventType.StepTimedOut) && happened.Problem is { } now) return Json(now);
        return rows[ordinal] is { Status: "failed" or "timed_out" } row && ExecutionRows.Problem(row.Error) is { } problem ? Json(problem) : null;
    }

    private static JsonObject Json(Problem problem) => new() { ["code"] = problem.Code, ["message"] = problem.Message };
}
