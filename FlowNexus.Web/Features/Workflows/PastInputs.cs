using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>Inputs of past executions, to run with again.</summary>
public sealed class PastInputs(FindExecutions find, GetStatus status)
{
    private const int Shown = 20;

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<PastInput>> FindAsync(string workflowId)
    {
        var found = await find.RunAsync(Principal.LocalOwner, new ExecutionFilter { WorkflowId = workflowId, Limit = Shown });
        return [.. found.Executions.Where(past => past.Retained).Select(past => new PastInput(past.ExecutionId, past.Status, past.CreatedAt))];
    }

    /// <summary>Null when it is gone.</summary>
    public async Task<JsonNode?> ReadAsync(string executionId)
    {
        try
        {
            return await status.BodyAsync(Principal.LocalOwner, executionId, null) is { } json ? JsonNode.Parse(json) : null;
        }
        catch (ProblemException)
        {
            // Retention has taken it meanwhile.
            return null;
        }
    }
}

/// <summary>A past execution whose input can be used again.</summary>
public sealed record PastInput(string ExecutionId, string Status, DateTimeOffset At);
