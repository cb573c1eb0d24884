namespace FlowNexus.Web.Features.Workflows;

/// <summary>A past execution whose input can be used again.</summary>
public sealed record PastInput(string ExecutionId, string Status, DateTimeOffset At);
