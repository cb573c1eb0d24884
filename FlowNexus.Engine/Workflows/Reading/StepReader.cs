using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Reads the list of steps, each by itself; what steps have to do with each other is <see cref="GraphRules"/>.</summary>
internal sealed class StepReader(StepCatalogue catalogue, IReadOnlyCollection<string> agentTypes, ProblemList problems)
{
    public const int MostSteps = 5000;
    public const int LongestName = 200;
    public const double MostSeconds = 7 * 86400;

    private static readonly string[] CommonFields =
    [
        "name", "type", "description", "agent_type", "timeout", "retry_attempts", "depends_on", "path",
        "validation_threshold", "score_path", "fallback_agent_type", "on_error", "on_lost", "config", "metadata", "join", "stragglers", "exclusive",
    ];

    /// <param name="pointers">Where each step that could be read stands in the document.</param>
    public List<StepDefinition> Read(FieldReader workflow, out List<string> pointers)
    {
        pointers = [];
        if (!workflow.Has("steps"))
        {
            problems.Error(workflow.At("steps"), "required", "'steps' is required.", "Give a list with at least one step.");
            return [];
        }

        if (workflow.Array("steps", MostSteps) is not { } items) return [];
        if (items.Count == 0) problems.Error(workflow.At("steps"), "too_few", "A workflow needs at least one step.");

        var taken = items.OfType<JsonObject>().Select(item => item["name"]).Where(IsText).Select(name => name!.GetValue<string>().Trim()).ToHashSet();
        var steps = new List<StepDefinition>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var pointer = JsonPointers.Append(workflow.At("steps"), i);
            if (Read(items[i], pointer, taken) is not { } step) continue;
            steps.Add(step);
            pointers.Add(pointer);
        }

        return steps;
    }

    private StepDefinition? Read(JsonNode? item, string pointer, HashSet<string> taken)
    {
        if (item is JsonObject source) return ReadObject(source, pointer);
        if (IsText(item) && item!.GetValue<string>().Trim() is { Length: > 0 and <= 10_000 } description)
            return Described(description, Slug.Unique(Slug.Of(description, '_', "step"), taken));
        problems.Error(pointer, "type", $"A step must be an object or a text that says what to do, not {(IsText(item) ? "an empty or very long text" : FieldReader.Kind(item))}.");
        return null;
    }

    private static StepDefinition Described(string description, string name) => new()
    {
        Name = name,
        Type = "agent",
        Description = description,
        Source = new JsonObject { ["name"] = name, ["type"] = "agent", ["description"] = description },
    };

    private StepDefinition? ReadObject(JsonObject source, string pointer)
    {
        var fields = new FieldReader(source, pointer, problems);
        var name = fields.Name("name", LongestName);
        if (!fields.Has("type")) problems.Error(fields.At("type"), "required", "'type' is required: what kind of step it is.", allowed: [.. catalogue.Names]);
        var type = fields.Choice("type", [.. catalogue.Names]);
        fields.Object("config");
        fields.Object("metadata");
        var step = new StepDefinition
        {
            Name = name ?? "",
            Type = type ?? "",
            Description = fields.Text("description", 10_000),
            AgentType = AgentType(fields, "agent_type"),
            TimeoutSeconds = fields.Duration("timeout", type is null ? MostSeconds : catalogue.TryGet(type)!.MostTimeoutSeconds),
            RetryAttempts = fields.Integer("retry_attempts", 0, 100) ?? 0,
            DependsOn = DependsOn(fields),
            Path = fields.Text("path", LongestName),
            ValidationThreshold = fields.Number("validation_threshold", 0, 1),
            ScorePath = fields.Text("score_path", LongestName),
            FallbackAgentType = AgentType(fields, "fallback_agent_type"),
            OnError = fields.Text("on_error", LongestName)?.Trim(),
            FailWhenLost = fields.Choice("on_lost", ["retry", "fail"]) == "fail",
            Exclusive = fields.Text("exclusive", LongestName)?.Trim() is { Length: > 0 } section ? section : null,
            Join = JoinReader.Read(source, fields, problems),
            Conditions = type == "conditional" ? new BranchReader(problems).Read(source, fields) : [],
            Switch = type == "switch" ? new CaseReader(problems).Read(source, fields) : null,
            Source = source,
        };
        if (type == "wait_for_signal" && step.Setting("closed_by") is JsonValue closer && closer.TryGetValue<string>(out var closedBy)) step = step with { ClosedBy = closedBy.Trim() };

        // A step with only its type wrong stays in the graph, so that nobody is told that it does not exist.
        if (name is null) return null;
        if (type is not null) CheckType(step, catalogue.TryGet(type)!, fields);
        return step;
    }

    private void CheckType(StepDefinition step, StepType type, FieldReader fields)
    {
        string[] settings = [.. (type.SettingsSchema["properties"] as JsonObject ?? []).Select(property => property.Key)];
        fields.WarnUnknown([.. CommonFields, .. settings], $"A step of type {type.Name}");
        WarnMisspelled(step, settings, fields.At("config"));
        type.Validate(step, detail => problems.Error(detail with { Pointer = fields.Pointer + detail.Pointer }));
        if (type.NotAvailable is { } reason)
            problems.Warn(fields.At("type"), ReadDefinition.NotAvailableRule, $"Step '{step.Name}' has type '{type.Name}', which does not run yet: {reason}", "The workflow is saved as a draft and cannot be activated with this step.");
    }

    // What a skill takes is not listed here, so only a near miss of a setting is worth a word.
    private void WarnMisspelled(StepDefinition step, string[] settings, string pointer)
    {
        foreach (var (name, _) in step.Source["config"] as JsonObject ?? [])
        {
            if (!settings.Contains(name) && problems.Suggest(name, settings) is { } hint)
                problems.Warn(JsonPointers.Append(pointer, name), "unknown_field", $"A step of type {step.Type} has no setting '{name}'.", hint);
        }
    }

    private string? AgentType(FieldReader fields, string name)
    {
        if (fields.Text(name, LongestName) is not { } type) return null;
        if (!agentTypes.Contains(type))
            problems.Warn(fields.At(name), "unknown_agent_type", $"No agent of type '{type}' is registered; executions fail with {ProblemCodes.AgentUnavailable} until there is one.", problems.Suggest(type, agentTypes), [.. agentTypes]);
        return type;
    }

    private List<string>? DependsOn(FieldReader fields)
    {
        if (fields.Array("depends_on", MostSteps) is not { } items) return null;
        var names = new List<string>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var at = JsonPointers.Append(fields.At("depends_on"), i);
            if (!IsText(items[i])) problems.Error(at, "type", $"A dependency is the name of a step, not {FieldReader.Kind(items[i])}.");
            else if (items[i]!.GetValue<string>().Trim() is var name && names.Contains(name)) problems.Warn(at, "duplicate_dependency", $"'{name}' is listed twice.");
            else names.Add(name);
        }

        return names;
    }

    private static bool IsText(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String;
}
