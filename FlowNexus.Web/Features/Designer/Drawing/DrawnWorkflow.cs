using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;
using FlowNexus.Web.Ui.Canvas;

namespace FlowNexus.Web.Features.Designer.Drawing;

/// <summary>A workflow as far as it can be drawn: it need not be valid, a step may lack its name or its type.</summary>
public sealed record DrawnWorkflow
{
    /// <summary>In listed order.</summary>
    public required IReadOnlyList<DrawnStep> Steps { get; init; }

    public IReadOnlyList<JsonObject> Triggers { get; init; } = [];

    /// <summary>By box; a box that has none is laid out automatically.</summary>
    public IReadOnlyDictionary<string, CanvasPosition> Positions { get; init; } = new Dictionary<string, CanvasPosition>();

    /// <summary>By box; the level is <c>error</c> or <c>warning</c>.</summary>
    public IReadOnlyDictionary<string, (string Text, string Level)> Problems { get; init; } = new Dictionary<string, (string, string)>();

    /// <summary>Boxes whose output is pinned.</summary>
    public IReadOnlySet<string> Pinned { get; init; } = new HashSet<string>();

    public IReadOnlyList<CanvasNote> Notes { get; init; } = [];

    public IReadOnlyList<CanvasGroup> Groups { get; init; } = [];

    /// <param name="stepIds">By name; a step without one is known by its name.</param>
    public static DrawnWorkflow Of(WorkflowDefinition definition, IReadOnlyDictionary<string, string> stepIds) => new()
    {
        Steps = [.. definition.Steps.Select(step => new DrawnStep(stepIds.GetValueOrDefault(step.Name, step.Name), step.Source))],
        Triggers = [.. definition.Triggers.Select(trigger => trigger.Source)],
    };
}

/// <param name="Id">What the canvas knows the step by; it outlives a rename.</param>
/// <param name="Source">The step as its author wrote it.</param>
public sealed record DrawnStep(string Id, JsonObject Source);
