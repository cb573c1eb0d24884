using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Drawing;
using FlowNexus.Web.Features.Designer.Problems;
using FlowNexus.Web.Ui.Forms;
using FlowNexus.Web.Ui.Icons;
using FlowNexus.Web.Ui.Pages;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Designer.Inspector;

/// <summary>Everything that can be set of one step; the form of its settings comes from its type's schema.</summary>
public sealed partial class StepInspector(StepCatalogue catalogue) : ComponentBase
{
    private StepType? _type;

    [Parameter, EditorRequired]
    public required DraftStep Step { get; set; }

    /// <summary>Those of the step, with pointers from the step.</summary>
    [Parameter]
    public IReadOnlyList<DesignProblem> Problems { get; set; } = [];

    [Parameter]
    public FormHints? Hints { get; set; }

    /// <summary>Schemas of the types that a step inside a step can have.</summary>
    [Parameter]
    public IReadOnlyList<NamedSchema> Schemas { get; set; } = [];

    [Parameter]
    public string Tab { get; set; } = "settings";

    [Parameter]
    public EventCallback<string> OnTab { get; set; }

    /// <summary>What the tab about data shows.</summary>
    [Parameter]
    public RenderFragment? Data { get; set; }

    [Parameter]
    public EventCallback<StepEdit> OnEdit { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private IReadOnlyList<PanelTab> Tabs =>
        [new("settings", "Settings", Level("settings")), new("flow", "Flow", Level("flow")), new("reliability", "Retries", Level("reliability")), new("data", "Data")];

    private string Family => _type is null ? "control" : WorkflowDrawing.FamilyOf(_type.Family);

    private string Sign => Glyph.Named(StepGlyph.Of(Step.Type, _type?.Family));

    private string Title => _type?.Title ?? (Step.Type.Length == 0 ? "No type yet" : Step.Type);

    private IEnumerable<JsonObject> Shown => Step.Type == "agent" ? [StepSchemas.About, StepSchemas.Agent, StepSchemas.Flow, StepSchemas.Reliability] : [StepSchemas.About, StepSchemas.Flow, StepSchemas.Reliability];

    private JsonObject Settings => Step.Source["config"] as JsonObject ?? Rest();

    private bool InConfig => Step.Source["config"] is JsonObject;

    // A step may have its settings in config and a few beside it; pointers then start in either.
    private IReadOnlyList<ProblemDetail> OfSettings =>
        [.. Problems.Select(problem => problem.Detail with { Pointer = InConfig && problem.Inside.StartsWith("/config", StringComparison.Ordinal) ? problem.Inside["/config".Length..] : problem.Inside })];

    protected override void OnParametersSet() => _type = catalogue.TryGet(Step.Type);

    private JsonObject Part(JsonObject schema) =>
        new(Step.Source.Where(field => schema["properties"]!.AsObject().ContainsKey(field.Key)).Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private JsonObject Rest() =>
        new(Step.Source.Where(field => field.Key is not ("name" or "type") && !Shown.Any(schema => schema["properties"]!.AsObject().ContainsKey(field.Key)))
            .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private IReadOnlyList<ProblemDetail> Within(JsonObject schema) =>
        [.. Problems.Where(problem => IsOf(schema, problem)).Select(problem => problem.Detail with { Pointer = problem.Inside })];

    private string? Level(string tab)
    {
        var found = Problems.Where(problem => (tab, IsOf(StepSchemas.Flow, problem), IsOf(StepSchemas.Reliability, problem)) is ("flow", true, _) or ("reliability", _, true) or ("settings", false, false)).ToList();
        return found.Count == 0 ? null : found.Exists(problem => problem.IsError) ? "error" : "warning";
    }

    private static bool IsOf(JsonObject schema, DesignProblem problem) =>
        problem.Inside.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var field, ..] && schema["properties"]!.AsObject().ContainsKey(field);

    private Task Renamed(ChangeEventArgs args)
    {
        var name = args.Value?.ToString()?.Trim() ?? "";
        return name.Length == 0 || name == Step.Name ? Task.CompletedTask : OnEdit.InvokeAsync(new StepEdit($"rename {Step.Name}", document => document.Rename(Step.Id, name)));
    }

    private Task Typed(ChangeEventArgs args) =>
        OnEdit.InvokeAsync(new StepEdit($"choose the type of {Step.Name}", document => document.Set(Step.Id, ["type"], args.Value?.ToString())));

    private Task Field(FormChange change) =>
        OnEdit.InvokeAsync(new StepEdit($"change {Words(change)}", document => (change.Path is ["depends_on"] ? document.WrittenOut() : document).Set(Step.Id, change.Path, change.Value), Key(change)));

    private Task Setting(FormChange change) =>
        OnEdit.InvokeAsync(new StepEdit($"change {Words(change)}", document => change.Path.Count == 0 ? Whole(document, change.Value) : document.SetSetting(Step.Id, change.Path, change.Value), Key(change)));

    private DraftDocument Whole(DraftDocument document, JsonNode? value) => InConfig ? document.Set(Step.Id, ["config"], value) : document;

    private string Key(FormChange change) => $"{Step.Id}/{string.Join('/', change.Path)}";

    private string Words(FormChange change) => change.Path.Count == 0 ? Step.Name : $"{change.Path[0]} of {Step.Name}";
}

/// <summary>An edit that a part of the page asks for.</summary>
/// <param name="Key">Names the field that is typed in, so that typing is one edit.</param>
public sealed record StepEdit(string Label, Func<DraftDocument, DraftDocument> Edit, string? Key = null);
