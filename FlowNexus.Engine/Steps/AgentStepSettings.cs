using System.Collections.Frozen;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>The free-form settings of an agent step with their templates compiled: those in <c>config</c>, and those written into the step itself.</summary>
internal sealed class AgentStepSettings
{
    private const string Config = "config";

    /// <summary>What every step has; not settings of a skill, and never templates.</summary>
    private static readonly FrozenSet<string> Common = FrozenSet.ToFrozenSet(
    [
        Config, "name", "type", "description", "agent_type", "timeout", "retry_attempts", "depends_on", "path",
        "validation_threshold", "score_path", "fallback_agent_type", "conditions", "metadata",
    ]);

    private readonly StepDefinition _step;
    private readonly Template? _config;
    private readonly IReadOnlyList<KeyValuePair<string, Template>> _own;

    private AgentStepSettings(StepDefinition step, Template? config, IReadOnlyList<KeyValuePair<string, Template>> own)
    {
        (_step, _config, _own) = (step, config, own);
        Expressions = [.. config?.Expressions ?? [], .. own.SelectMany(setting => setting.Value.Expressions)];
    }

    public IReadOnlyList<TemplateExpression> Expressions { get; }

    /// <summary>Reports every expression that cannot be read; null when there was one.</summary>
    public static AgentStepSettings? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var failed = false;
        Template? Compile(JsonNode? node, string pointer)
        {
            var template = Template.TryCompile(node, pointer, report);
            failed |= template is null;
            return template;
        }

        var config = step.Source[Config] is JsonObject given ? Compile(given, "/" + Config) : null;
        var own = new List<KeyValuePair<string, Template>>();
        foreach (var (name, node) in step.Source)
            if (!Common.Contains(name) && Compile(node, JsonPointers.Append("", name)) is { } template) own.Add(KeyValuePair.Create(name, template));
        return failed ? null : new AgentStepSettings(step, config, own);
    }

    /// <summary>The step with its settings as they are in this execution. Values that look like templates afterwards are data and stay as they are.</summary>
    /// <exception cref="ProblemException">EXPRESSION_UNRESOLVED or EXPRESSION_TYPE.</exception>
    public StepDefinition Render(StepScope scope)
    {
        if (Expressions.Count == 0) return _step;
        var source = (JsonObject)_step.Source.DeepClone();
        if (_config is not null) source[Config] = _config.Render(scope);
        foreach (var (name, template) in _own) source[name] = template.Render(scope);
        return _step with { Source = source };
    }
}
