using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Engine.Workflows;

/// <summary>What a version has beside its definition when it was drawn.</summary>
/// <param name="StepIds">By step name.</param>
/// <param name="Activate">Whether executions start on it.</param>
public sealed record Drawing(IReadOnlyDictionary<string, string> StepIds, JsonNode Layout, DraftText? Text, bool Activate);
