using System.Text.Json;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Workflows;

/// <summary>Events in the stream of a workflow.</summary>
internal static class WorkflowEvents
{
    public static EventRow Of(string type, string workflowId, Principal principal, DateTimeOffset now, object details) => new()
    {
        Stream = workflowId,
        EventId = NewId.Event(now),
        Type = type,
        At = UnixMicros.Of(now),
        WorkflowId = workflowId,
        UserId = principal.UserId,
        Payload = JsonSerializer.Serialize(details, ProblemJson.Options),
    };
}
