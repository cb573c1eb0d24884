using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps;

/// <summary>Reads the settings of one step and reports what is wrong where it stands: in <c>config</c> or in the step itself.</summary>
internal sealed class StepSettings(StepDefinition step, Action<ProblemDetail> report)
{
    public bool Failed { get; private set; }

    public List<TemplateExpression> Expressions { get; } = [];

    public bool Has(string name) => (step.Source["config"] as JsonObject)?.ContainsKey(name) == true || step.Source.ContainsKey(name);

    public JsonNode? Node(string name) => step.Setting(name);

    public string Pointer(string name) =>
        JsonPointers.Append((step.Source["config"] as JsonObject)?.ContainsKey(name) == true ? "/config" : "", name);

    public void Report(string name, string rule, string message, string? hint = null, IReadOnlyList<string>? allowed = null) =>
        Report(new ProblemDetail(Pointer(name), rule, message) { Hint = hint, Allowed = allowed });

    public void Report(ProblemDetail detail)
    {
        Failed = true;
        report(detail);
    }

    public string? Text(string name)
    {
        if (Node(name) is not { } node) return null;
        if (node is JsonValue && node.GetValueKind() == JsonValueKind.String) return node.GetValue<string>();
        Report(name, "type", $"'{name}' must be a text.");
        return null;
    }

    public double? Number(string name, double least, double most, bool whole = false)
    {
        if (Node(name) is not { } node) return null;
        if (JsonNumbers.TryRead(node, out var number) && number >= least && number <= most && (!whole || number == Math.Floor(number))) return number;
        Report(name, "range", $"'{name}' must be a {(whole ? "whole " : "")}number from {least} to {most}, not {node.ToJsonString()}.");
        return null;
    }

    public string? Choice(string name, IReadOnlyList<string> allowed)
    {
        if (Text(name) is not { } text) return null;
        if (allowed.Contains(text)) return text;
        Report(name, "not_allowed", $"'{name}' cannot be '{text}'.", allowed: allowed);
        return null;
    }

    public bool? Flag(string name)
    {
        if (Node(name) is not { } node) return null;
        if (node is JsonValue && node.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return node.GetValue<bool>();
        Report(name, "type", $"'{name}' must be true or false.");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Node(name) is not { } node) return null;
        if (node is JsonArray items && items.All(item => item is JsonValue && item.GetValueKind() == JsonValueKind.String))
            return [.. items.Select(item => item!.GetValue<string>())];
        Report(name, "type", $"'{name}' must be a list of texts.");
        return null;
    }

    public Template? Template(string name)
    {
        var template = Engine.Expressions.Template.TryCompile(Node(name), Pointer(name), Report);
        if (template is not null) Expressions.AddRange(template.Expressions);
        return template;
    }

    /// <summary>An expression, with or without <c>{{ }}</c> around the whole of it.</summary>
    public Expression? Expression(string name)
    {
        return Text(name) is { } text ? Condition(text, Pointer(name)) : null;
    }

    /// <summary>As <see cref="Expression"/>, of a text found deeper in the settings.</summary>
    public Expression? Condition(string text, string pointer)
    {
        var source = text.Trim();
        if (source.StartsWith("{{", StringComparison.Ordinal) && source.EndsWith("}}", StringComparison.Ordinal)) source = source[2..^2];
        try
        {
            var expression = Engine.Expressions.Expression.Parse(source);
            Expressions.Add(new TemplateExpression(pointer, expression));
            return expression;
        }
        catch (ProblemException failure)
        {
            Report(new ProblemDetail(pointer, "expression", failure.Problem.Message));
            return null;
        }
    }
}
