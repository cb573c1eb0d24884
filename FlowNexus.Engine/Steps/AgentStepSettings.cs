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
        "validation_threshold", "score_path", "fallback_agent_type", "conditions", "metadata", "join", "stragglers",
    ]);

    private readonly StepDefinition _step;
    private readonly IReadOnlyList<Setting> _settings;

    private AgentStepSettings(StepDefinition step, IReadOnlyList<Setting> settings)
    {
        (_step, _settings) = (step, settings);
        Expressions = [.. settings.SelectMany(setting => setting.Template.Expressions)];
    }

    public IReadOnlyList<TemplateExpression> Expressions { get; }

    /// <summary>Reports every expression that cannot be read; null when there was one.</summary>
    /// <param name="raw">Settings that skills evaluate themselves.</param>
    public static AgentStepSettings? Read(StepDefinition step, IReadOnlySet<string> raw, Action<ProblemDetail> report)
    {
        var settings = new List<Setting>();
        var failed = false;
        foreach (var (holder, name, node) in Written(step))
        {
            if (raw.Contains(name)) continue;
            var template = Template.TryCompile(node, JsonPointers.Append(holder.Length == 0 ? "" : "/" + holder, name), report);
            if (template is null) failed = true;
            else if (!template.IsConstant) settings.Add(new Setting(holder, name, template));
        }

        return failed ? null : new AgentStepSettings(step, settings);
    }

    /// <summary>The step with its settings as they are in this execution. Values that look like templates afterwards are data and stay as they are.</summary>
    /// <exception cref="ProblemException">EXPRESSION_UNRESOLVED or EXPRESSION_TYPE.</exception>
    public StepDefinition Render(StepScope scope)
    {
        if (_settings.Count == 0) return _step;
        var source = (JsonObject)_step.Source.DeepClone();
        foreach (var (holder, name, template) in _settings) ((JsonObject)(holder.Length == 0 ? source : source[holder]!))[name] = template.Render(scope);
        return _step with { Source = source };
    }

    private static IEnumerable<(string Holder, string Name, JsonNode? Node)> Written(StepDefinition step)
    {
        foreach (var (name, node) in step.Source[Config] as JsonObject ?? []) yield return (Config, name, node);
        foreach (var (name, node) in step.Source)
            if (!Common.Contains(name)) yield return ("", name, node);
    }

    /// <param name="Holder"><c>config</c>, or empty for one written into the step itself.</param>
    private sealed record Setting(string Holder, string Name, Template Template);
}
