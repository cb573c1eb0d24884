using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>The settings of one HTTP step, compiled.</summary>
internal sealed record HttpRequestSettings(
    HttpMethod Method, Template Url, Template? Query, Template? Headers, Template? Body, string? ContentType,
    ExpectedStatus Expected, TimeSpan Timeout, string Response, IReadOnlyList<TemplateExpression> Expressions)
{
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    /// <summary>Reports everything that is wrong; null when something is.</summary>
    public static HttpRequestSettings? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var method = settings.Choice("method", Methods) ?? "GET";
        if (settings.Text("url") is null && !settings.Failed)
            settings.Report("url", "required", "An HTTP request needs a 'url'.", "For example \"url\": \"https://api.example.com/orders\".");
        var url = settings.Template("url");
        foreach (var name in (string[])["query", "headers"])
        {
            if (settings.Has(name) && settings.Node(name) is not JsonObject)
                settings.Report(name, "type", $"'{name}' must be an object.");
        }
        var query = settings.Has("query") ? settings.Template("query") : null;
        var headers = settings.Has("headers") ? settings.Template("headers") : null;
        var body = settings.Has("body") ? settings.Template("body") : null;
        if (body is not null && method is "GET" or "HEAD")
            settings.Report("body", "not_allowed", $"{method} sends no body.", "Use POST, PUT or PATCH.");
        var expected = ExpectedStatus.TryParse(settings.Node("expected_status"));
        if (expected is null)
            settings.Report("expected_status", "type", "'expected_status' must be a status such as 201, a class such as 2xx, or a list of them.");
        var timeout = settings.Number("request_timeout", 0.1, 3600) ?? 60;
        var response = settings.Choice("response", ["auto", "json", "text", "file"]) ?? "auto";
        return settings.Failed || url is null || expected is null ? null : new HttpRequestSettings(
            new HttpMethod(method), url, query, headers, body, settings.Text("content_type"), expected, TimeSpan.FromSeconds(timeout), response, settings.Expressions);
    }
}
