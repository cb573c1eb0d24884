using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>What the step's settings and the execution's input decide about a report.</summary>
public sealed record ReportSettings(ReportFormat Format, ReportChoices Choices)
{
    /// <exception cref="ProblemException">INVALID_INPUT_DATA.</exception>
    public static ReportSettings Read(StepContext context) => new(FormatOf(context), new ReportChoices(
        Text(context, "title"), Text(context, "date_column"), Text(context, "measure"), AggregateOf(context), Names(context.Step.Setting("categories"))));

    public static JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["format"] = Property("string", "Format", "Kind of document. Without it, the execution's input_data.output_format decides, else html.", ReportFormat.Names),
            ["title"] = Property("string", "Title", "Heading of the report; made from the data set's name when empty."),
            ["measure"] = Property("string", "Measure", "Numeric column the report is about; chosen from the data when empty."),
            ["aggregate"] = Property("string", "Aggregate", "Whether the measure is added up or averaged; chosen by the column's name when empty.", ["sum", "mean"]),
            ["date_column"] = Property("string", "Date column", "Column that says when; the first date column when empty."),
            ["categories"] = new JsonObject
            {
                ["type"] = "array",
                ["title"] = "Categories",
                ["description"] = "Columns to compare by; chosen from the data when empty.",
                ["items"] = new JsonObject { ["type"] = "string" },
            },
        },
    };

    private static ReportFormat FormatOf(StepContext context)
    {
        foreach (var name in (string[])["format", "output_format"])
        {
            if (Text(context, name) is { } given) return ReportFormat.Parse(given, $"/config/{name}");
        }
        return (context.Scope.Input as JsonObject)?["output_format"] switch
        {
            null => ReportFormat.Html,
            JsonValue value when value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is var word =>
                string.IsNullOrWhiteSpace(word) ? ReportFormat.Html : ReportFormat.Parse(word, "/input_data/output_format"),
            var other => ReportFormat.Parse(other.ToJsonString(), "/input_data/output_format"),
        };
    }

    private static string? AggregateOf(StepContext context) => Text(context, "aggregate")?.ToLowerInvariant() switch
    {
        null => null,
        "sum" => "sum",
        "mean" => "mean",
        var other => throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, $"The setting aggregate is '{other}'. Allowed: sum, mean.")
        {
            Details = [new ProblemDetail("/config/aggregate", "not_allowed", $"'{other}' is not allowed.") { Allowed = ["sum", "mean"] }],
        }),
    };

    private static string? Text(StepContext context, string name) => context.Step.Setting(name) switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>().Trim() is { Length: > 0 } text ? text : null,
        var other => other.ToJsonString(),
    };

    private static IReadOnlyList<string> Names(JsonNode? node) => node switch
    {
        JsonArray list => [.. list.OfType<JsonValue>().Select(value => value.ToString())],
        JsonValue value => value.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };

    private static JsonObject Property(string type, string title, string description, IReadOnlyList<string>? allowed = null)
    {
        var property = new JsonObject { ["type"] = type, ["title"] = title, ["description"] = description };
        if (allowed is not null) property["enum"] = new JsonArray([.. allowed.Select(word => (JsonNode)word)]);
        return property;
    }
}
