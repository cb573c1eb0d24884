using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.AspNetCore.Diagnostics;

namespace FlowNexus.Web.Api;

/// <summary>Answers every failure as an RFC 9457 problem with the contract's <c>success</c>, <c>code</c> and <c>details</c>.</summary>
internal sealed class ProblemHandler(ILogger<ProblemHandler> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.Response.HasStarted || !IsApi(context.Request.Path)) return false;
        var problem = exception switch
        {
            ProblemException known => known.Problem,
            BadHttpRequestException bad => new Problem(ProblemCodes.InvalidRequest, Explain(bad)),
            JsonException json => new Problem(ProblemCodes.InvalidRequest, $"The body is no valid JSON: {json.Message}"),
            _ => StorageFailure.Problem(exception),
        };
        if (problem is null)
        {
            if (exception is OperationCanceledException && context.RequestAborted.IsCancellationRequested) return true;
            log.LogError(exception, "{Method} {Path} failed.", context.Request.Method, context.Request.Path);
            problem = new Problem(ProblemCodes.InternalError, "Something in FlowNexus failed. Nothing of the request was half done. Try again; if it fails again, look for the trace id in the log.");
        }

        await WriteAsync(context, problem);
        return true;
    }

    public static async Task WriteAsync(HttpContext context, Problem problem, int? exactStatus = null)
    {
        var status = exactStatus ?? ProblemCodes.HttpStatus(problem.Code);
        var body = new JsonObject
        {
            ["type"] = $"/docs/errors#{problem.Code.ToLowerInvariant()}",
            ["title"] = problem.Message,
            ["status"] = status,
            ["success"] = false,
            ["code"] = problem.Code,
            ["message"] = problem.Message,
            ["details"] = problem.Facts is { } facts && problem.Details.Count == 0 ? facts.DeepClone() : JsonSerializer.SerializeToNode(problem.Details, ProblemJson.Options),
            ["trace_id"] = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
        };
        if (problem.Facts is { } more)
            foreach (var (name, value) in more) body[name] = value?.DeepClone();
        context.Response.StatusCode = status;
        if (problem.RetryAfter is { } seconds) context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status == 401) context.Response.Headers.WWWAuthenticate = "Bearer realm=\"FlowNexus\"";
        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync(body.ToJsonString(ApiJson.Options), context.RequestAborted);
    }

    /// <summary>Gives a bare status of the framework (no such route, wrong method, wrong content type) the same form.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        if (!IsApi(context.Request.Path)) return Task.CompletedTask;
        var status = context.Response.StatusCode;
        var problem = status switch
        {
            404 => new Problem(ProblemCodes.NotFound, $"There is no {context.Request.Path}. See /docs for every route."),
            405 => new Problem(ProblemCodes.InvalidRequest, $"{context.Request.Path} does not answer {context.Request.Method}. See /docs for what it answers."),
            415 => new Problem(ProblemCodes.InvalidRequest, "The body must be JSON: send the header Content-Type: application/json."),
            _ => new Problem(ProblemCodes.InvalidRequest, $"The request was refused with status {status}."),
        };
        return WriteAsync(context, problem, status);
    }

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/health", StringComparison.OrdinalIgnoreCase);

    private static string Explain(BadHttpRequestException bad) => bad.InnerException is JsonException json ? $"The body is no valid JSON: {json.Message}" : bad.Message;
}
