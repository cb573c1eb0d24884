using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>Calls an HTTP service outside.</summary>
public sealed class HttpRequestStep(OutboundHttp http) : StepType, IStepExpressions
{
    public override string Name => "http_request";

    public override string Title => "HTTP request";

    public override string Summary => "Calls a web address and gives its answer; private addresses only where the configuration allows them.";

    public override StepFamily Family => StepFamily.Data;

    public override double DeclaredSeconds => 2;

    public override double DefaultTimeoutSeconds => 120;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["url"],
          "properties": {
            "method": { "type": "string", "title": "Method", "enum": ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"], "default": "GET" },
            "url": { "type": "string", "title": "Address", "description": "http:// or https://; may hold {{ expressions }}." },
            "query": { "type": "object", "title": "Query", "description": "Added to the address, escaped; null fields are left out." },
            "headers": { "type": "object", "title": "Headers", "additionalProperties": { "type": "string" } },
            "body": { "x-when": { "method": ["POST", "PUT", "PATCH", "DELETE"] }, "title": "Body", "description": "A text is sent as it is, anything else as JSON." },
            "content_type": { "type": "string", "x-when": { "body": true }, "title": "Content type", "description": "Default: application/json, or text/plain for a text." },
            "expected_status": { "title": "Expected status", "description": "A status, a class such as 2xx, or a list. Default: 2xx.", "type": ["integer", "string", "array"], "default": "2xx" },
            "request_timeout": { "type": "number", "title": "Time limit (s)", "minimum": 0.1, "maximum": 3600, "default": 60 },
            "response": { "type": "string", "title": "Answer", "enum": ["auto", "json", "text", "file"], "default": "auto", "description": "auto: by its content type; what is large or binary becomes a file." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => HttpRequestSettings.Read(step, report);

    public IEnumerable<TemplateExpression> ExpressionsOf(StepDefinition step) => HttpRequestSettings.Read(step, _ => { })?.Expressions ?? [];

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        var settings = HttpRequestSettings.Read(step, problems.Add)
            ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
        return new HttpRequestBehaviour(settings, http);
    }
}
