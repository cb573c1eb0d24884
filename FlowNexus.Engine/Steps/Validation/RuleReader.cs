using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.Validation.Rules;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>Reads one entry of <c>validation_rules</c>: a name, or an object with <c>rule</c> and its options.</summary>
internal sealed class RuleReader(string pointer, Action<ProblemDetail> report)
{
    private readonly ProblemList _problems = new();

    public ValidationRule? Read(JsonNode? entry)
    {
        var source = entry is JsonValue && entry.GetValueKind() == JsonValueKind.String ? new JsonObject { ["rule"] = entry.DeepClone() } : entry as JsonObject;
        if (source is null)
        {
            report(new ProblemDetail(pointer, "type", $"A rule is a name or an object with 'rule', not {FieldReader.Kind(entry)}.") { Allowed = ValidationRule.Names });
            return null;
        }

        // A rule given by its name alone has no field to point at.
        var rule = Read(source, new FieldReader(source, pointer, _problems));
        foreach (var problem in _problems.Errors) report(entry is JsonObject ? problem : problem with { Pointer = pointer });
        return _problems.Errors.Count == 0 ? rule : null;
    }

    private ValidationRule? Read(JsonObject source, FieldReader fields)
    {
        if (!fields.Has("rule")) _problems.Error(fields.At("rule"), "required", "A rule object needs 'rule'.", allowed: ValidationRule.Names);
        return fields.Choice("rule", ValidationRule.Names) switch
        {
            "not_empty" => new NotEmptyRule(Columns(source, fields, required: false)),
            "format_check" => new FormatRule(DeclaredFormats(fields), Columns(source, fields, required: false)),
            "range" => Range(source, fields),
            "regex" => Pattern(source, fields),
            "unique" => new UniqueRule(Columns(source, fields, required: true)),
            "json_schema" => Schema(fields),
            _ => null,
        };
    }

    private RangeRule Range(JsonObject source, FieldReader fields)
    {
        var least = fields.Number("min", double.MinValue, double.MaxValue);
        var most = fields.Number("max", double.MinValue, double.MaxValue);
        if (!fields.Has("min") && !fields.Has("max")) _problems.Error(pointer, "required", "The rule 'range' needs 'min' or 'max'.");
        if (least > most) _problems.Error(fields.At("min"), "too_large", $"'min' is {least}, more than 'max', {most}.");
        return new RangeRule(Columns(source, fields, required: true), least, most);
    }

    private RegexRule? Pattern(JsonObject source, FieldReader fields)
    {
        var columns = Columns(source, fields, required: true);
        if (!fields.Has("pattern")) _problems.Error(fields.At("pattern"), "required", "The rule 'regex' needs 'pattern'.");
        if (fields.Text("pattern", 1000) is not { } pattern) return null;
        try
        {
            return new RegexRule(columns, RegexRule.Compile(pattern));
        }
        catch (Exception failure) when (failure is RegexParseException or NotSupportedException)
        {
            _problems.Error(fields.At("pattern"), "pattern", $"The pattern cannot be used: {failure.Message}", "Look-around and back references are not supported.");
            return null;
        }
    }

    private SchemaRule? Schema(FieldReader fields)
    {
        if (!fields.Has("schema")) _problems.Error(fields.At("schema"), "required", "The rule 'json_schema' needs 'schema', a JSON Schema of one row.");
        if (fields.Object("schema") is not { } schema) return null;
        return CompiledInputSchema.TryCompile(schema, fields.At("schema"), _problems.Error) is { } compiled ? new SchemaRule(compiled) : null;
    }

    private Dictionary<string, string> DeclaredFormats(FieldReader fields)
    {
        var formats = new Dictionary<string, string>();
        if (fields.Object("formats") is not { } source) return formats;
        var reader = new FieldReader(source, fields.At("formats"), _problems);
        foreach (var (column, _) in source)
        {
            if (reader.Choice(column, Formats.Names) is { } format) formats[column] = format;
        }

        return formats;
    }

    private List<string> Columns(JsonObject source, FieldReader fields, bool required)
    {
        var columns = new List<string>();
        if (fields.Text("column", 500) is { } one) columns.Add(one);
        foreach (var (index, node) in (fields.Array("columns", 1000) ?? []).Index())
        {
            if (node is JsonValue && node.GetValueKind() == JsonValueKind.String) columns.Add(node.GetValue<string>());
            else _problems.Error(JsonPointers.Append(fields.At("columns"), index), "type", $"A column is a name, not {FieldReader.Kind(node)}.");
        }

        if (required && columns.Count == 0) _problems.Error(fields.At("column"), "required", $"The rule '{source["rule"]}' needs 'column' or 'columns'.");
        return columns;
    }
}
