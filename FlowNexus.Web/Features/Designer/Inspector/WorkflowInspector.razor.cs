using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Ui.Forms;
using FlowNexus.Web.Ui.Pages;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>What is set of the workflow as a whole; shown while no step is selected.</summary>
public sealed partial class WorkflowInspector : ComponentBase
{
    private static readonly PanelTab[] Tabs = [new("workflow", "Workflow"), new("triggers", "Triggers"), new("input", "Input")];

    [Parameter, EditorRequired]
    public required DraftDocument Document { get; set; }

    /// <summary>Those of the workflow itself.</summary>
    [Parameter]
    public IReadOnlyList<DesignProblem> Problems { get; set; } = [];

    [Parameter]
    public string Tab { get; set; } = "workflow";

    [Parameter]
    public EventCallback<string> OnTab { get; set; }

    [Parameter]
    public EventCallback<StepEdit> OnEdit { get; set; }

    private IReadOnlyList<ProblemDetail> OfInput =>
        [.. Problems.Where(problem => problem.Inside.StartsWith("/input_schema", StringComparison.Ordinal)).Select(problem => problem.Detail with { Pointer = problem.Inside["/input_schema".Length..] })];

    private JsonObject Part(JsonObject schema) =>
        new(Document.Head.Where(field => schema["properties"]!.AsObject().ContainsKey(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private IReadOnlyList<ProblemDetail> Within(JsonObject schema, string? field)
    {
        var prefix = field is null ? "" : "/" + field;
        return [.. Problems.Where(problem => problem.Inside.StartsWith(prefix + "/", StringComparison.Ordinal)
            && schema["properties"]!.AsObject().ContainsKey(problem.Inside[(prefix.Length + 1)..].Split('/')[0]))
            .Select(problem => problem.Detail with { Pointer = problem.Inside[prefix.Length..] })];
    }

    private Task Field(FormChange change) =>
        OnEdit.InvokeAsync(new StepEdit($"change {change.Path[0]}", document => document.SetHead([change.Path[0]], Whole(document, change)), $"workflow/{string.Join('/', change.Path)}"));

    private static JsonNode? Whole(DraftDocument document, FormChange change) =>
        change.Path.Count == 1 ? change.Value : change.ApplyTo(document.Head)[change.Path[0]] is { } whole ? whole.DeepClone() : null;

    private Task InputSchema(JsonObject? schema) =>
        OnEdit.InvokeAsync(new StepEdit("change the input", document => document.SetHead(["input_schema"], schema), "workflow/input_schema"));
}
