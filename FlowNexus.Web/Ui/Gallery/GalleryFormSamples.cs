using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Web.Ui.Gallery;

internal sealed record FormSample(string Title, JsonObject Schema, JsonObject Value)
{
    public IReadOnlyList<ProblemDetail> Problems { get; init; } = [];

    public bool ReadOnly { get; init; }
}

/// <summary>Forms in their states: filled in, wrong, empty, only for reading.</summary>
internal static class GalleryFormSamples
{
    private static readonly (string Type, string Value, ProblemDetail[] Problems)[] Filled =
    [
        ("http_request", """{ "url": "https://api.example.com/orders/{{ input.customer_id }}", "headers": { "Accept": "application/json" }, "request_timeout": 0.01, "x_trace": true }""", [new("/request_timeout", "range", "'request_timeout' must be a number from 0.1 to 3600, not 0.01.")]),
        ("conditional", """{ "conditions": [{ "if": "steps.extract.output.rows > 100", "then": "heavy", "else": "light" }, { "if": "data_size >", "then": "report" }] }""", [new("/conditions/1/if", "expression", "The expression cannot be read at position 11: expected a value.") { Hint = "For example data_size > 100MB." }]),
        ("switch", """{ "value": "input.tier", "cases": [{ "equals": "gold", "then": ["fast", "notify"] }, { "in": ["silver", 2], "then": "usual" }], "default": "report" }""", []),
        ("transform", """{ "items": "steps.extract.output.rows", "filter": "item.amount > 100", "map": { "id": "{{ item.id }}", "total": "{{ item.amount * 1.19 }}" } }""", []),
        ("delay", """{ "duration": "5m" }""", []),
        ("for_each", """{ "items": "input.customers", "step": { "type": "http_request", "config": { "url": "https://api.example.com/{{ item.id }}" } }, "concurrency": 20 }""", []),
        ("validation", """{ "validation_rules": ["not_empty", { "rule": "range", "column": "age", "min": 18, "max": 100 }, { "rule": "format_check", "formats": { "mail": "email" } }] }""", []),
        ("agent", """{ "skill": "aggregate", "group_by": ["region", "month"], "measures": ["sum(revenue)"] }""", []),
        ("sub_workflow", """{ "workflow": "workflow_1", "until": "child.output.done" }""", []),
        ("wait_for_signal", "{}", []),
        ("sandbox", """{ "language": "python3", "code": "print(1)" }""", []),
    ];

    public static JsonObject InputSchema() => Parse("""{ "type": "object", "required": ["dataset"], "properties": { "dataset": { "type": "string", "description": "A dataset of this installation" }, "limit": { "type": "integer", "default": 100, "minimum": 1 }, "format": { "enum": ["pdf", "html"], "default": "pdf" }, "filter": { "oneOf": [{ "type": "string" }, { "type": "object" }] } } }""");

    public static FormHints Hints { get; } = new()
    {
        PreviewAsync = PreviewAsync,
        StepNames = ["extract", "report"],
        Paths = ["heavy", "light"],
        Workflows = [new("workflow_1", "Nightly report"), new("workflow_2", "Clean up")],
        Reach =
        [
            new DataInReach("input", "object", "{ customer_id, tier }"), new DataInReach("input.customer_id", "text", "C-10021"), new DataInReach("input.tier", "text", "gold"),
            new DataInReach("steps.extract.output", "object", "{ rows, count }"), new DataInReach("steps.extract.output.count", "number", "1204"), new DataInReach("steps.extract.output.rows", "list", "1,204 items"),
        ],
    };

    public static IReadOnlyList<NamedSchema> Schemas { get; private set; } = [];

    public static IEnumerable<FormSample> Of(StepCatalogue catalogue)
    {
        Schemas = [.. catalogue.Types.Select(type => new NamedSchema(type.Name, type.Title, type.SettingsSchema))];
        foreach (var (type, value, problems) in Filled)
            yield return new FormSample(type, catalogue.TryGet(type)!.SettingsSchema, Parse(value)) { Problems = problems };
        yield return new FormSample("agent, no skill", catalogue.TryGet("agent")!.SettingsSchema, []);
        yield return new FormSample("http_request, read only", catalogue.TryGet("http_request")!.SettingsSchema, Parse("""{ "url": "https://example.com", "method": "POST", "headers": { "Accept": "text/plain" } }""")) { ReadOnly = true };
    }

    /// <summary>Evaluated by the language itself, on what <see cref="Hints"/> says is there.</summary>
    private static Task<ExpressionPreview> PreviewAsync(PreviewText text, CancellationToken cancellationToken)
    {
        var rows = new JsonArray(new JsonObject { ["id"] = 7, ["amount"] = 120 });
        var scope = new StepScope
        {
            Input = Parse("""{ "customer_id": "C-10021", "tier": "gold", "customers": [{ "id": 7 }] }"""),
            Outputs = new Dictionary<string, JsonNode?> { ["extract"] = new JsonObject { ["rows"] = rows, ["count"] = 1204 } },
            DirectDependencies = ["extract"],
            Execution = new ExecutionFacts("", "", "", 1, DateTimeOffset.UnixEpoch),
            Item = text.Items is null ? null : new LoopItem(rows[0], 0),
        };
        try
        {
            var value = text.IsExpression ? Expression.Parse(text.Value!.ToString()).Evaluate(scope) : Template.Compile(text.Value).Render(scope);
            return Task.FromResult(new ExpressionPreview { Value = value, Kind = BoundedValue.Kind(value) });
        }
        catch (ProblemException failure)
        {
            return Task.FromResult(new ExpressionPreview { Problem = failure.Problem });
        }
    }

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
