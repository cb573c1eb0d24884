using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.SubWorkflow;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.ForEach;

/// <summary>The settings of one for_each step, compiled.</summary>
internal sealed class ForEachSettings : ILoopBehaviour
{
    public const int MostItems = 100_000;

    private readonly ItemSource _items;

    private ForEachSettings(ItemSource items, StepDefinition bodyStep, IStepBehaviour body, StepSettings settings)
    {
        _items = items;
        BodyStep = bodyStep;
        Body = body;
        Expressions = settings.Expressions;
    }

    public IStepBehaviour Body { get; }

    public StepDefinition BodyStep { get; }

    public required int Concurrency { get; init; }

    public required bool FailsOnItem { get; init; }

    public int? Enough { get; private init; }

    public bool RestRuns { get; private init; }

    public required bool ListsErrors { get; init; }

    public IReadOnlyList<TemplateExpression> Expressions { get; }

    public JsonArray Items(StepScope scope) => _items.Read(scope);

    /// <summary>Reports everything that is wrong; null when something is.</summary>
    public static ForEachSettings? Read(StepDefinition step, StepCatalogue catalogue, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var items = ItemSource.Read(settings);
        var concurrency = settings.Number("concurrency", 1, 1000, whole: true) ?? 10;
        var mode = settings.Choice("on_item_error", ["fail", "continue", "collect"]) ?? "fail";
        var enough = settings.Number("enough", 1, MostItems, whole: true);
        var rest = settings.Choice("rest", ["cancel", "run"]) ?? "cancel";
        if (rest == "run" && !(settings.Has("workflow") && enough is not null)) settings.Report("rest", "not_allowed", "'rest': \"run\" belongs to 'enough' and a 'workflow': only executions can go on by themselves.");
        var retries = settings.Number("item_retry_attempts", 0, 100, whole: true) ?? 0;
        if (settings.Has("step") == settings.Has("workflow"))
        {
            settings.Report(new ProblemDetail("", "required", "A for_each step needs either 'step' or 'workflow': what to do for each item.") { Allowed = ["step", "workflow"] });
            return null;
        }

        StepDefinition bodyStep;
        IStepBehaviour? body;
        if (settings.Has("workflow"))
        {
            var call = SubWorkflowSettings.Read(step, settings.Report);
            settings.Expressions.AddRange(call?.Expressions ?? []);
            (bodyStep, body) = (step with { RetryAttempts = (int)retries, TimeoutSeconds = null }, call is { Input: null } ? call with { Input = EachItem } : call);
        }
        else
        {
            (var nested, body) = NestedStep.Read(step, settings, catalogue);
            bodyStep = nested ?? step;
        }

        if (settings.Failed || items is null || body is null) return null;
        return new ForEachSettings(items, bodyStep, body, settings) { Concurrency = (int)concurrency, Enough = (int?)enough, RestRuns = rest == "run", FailsOnItem = mode == "fail", ListsErrors = mode == "collect" };
    }

    private static readonly Template EachItem = Template.Compile(new JsonObject { ["item"] = "{{ item }}", ["index"] = "{{ index }}" });
}
