using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>Sends one request and reads its answer.</summary>
internal sealed class HttpRequestBehaviour(HttpRequestSettings settings, OutboundHttp http) : IEffectBehaviour
{
    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        var address = Address(context.Scope);
        var headers = settings.Headers?.Render(context.Scope) as JsonObject;
        var body = settings.Body?.Render(context.Scope);
        var log = new HttpRequestLog(context, settings.Method, address);
        log.Hide(headers);
        using var limit = new CancellationTokenSource(settings.Timeout, context.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await http.SendAsync(() => Request(address, headers, body, context), linked.Token);
            log.Answered(response);
            context.ReportProgress(0.5);
            var answer = await HttpAnswer.ReadAsync(context, response, settings.Response, http.MaxResponseBytes, linked.Token);
            return settings.Expected.Holds((int)response.StatusCode) ? Completed(response, answer) : Unexpected(address, response, answer);
        }
        catch (ProblemException failure) when (failure.Problem.Code == ProblemCodes.HttpFailed)
        {
            return StepResult.Failed(failure.Problem, retryable: true);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException)
        {
            return StepResult.Failed(new Problem(ProblemCodes.HttpFailed, $"The connection to {address.Host} broke while its answer was read: {failure.Message}"), retryable: true);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return StepResult.Failed(new Problem(ProblemCodes.HttpFailed,
                $"{settings.Method} {Shown(address)} did not answer within {settings.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s (request_timeout)."), retryable: true);
        }
    }

    private static StepResult Completed(HttpResponseMessage response, HttpAnswer answer) => StepResult.Completed(new JsonObject
    {
        ["status"] = (int)response.StatusCode,
        ["headers"] = HeadersJson(response),
        ["body"] = answer.Body,
        ["body_file"] = answer.File is null ? null : Agents.BuiltIn.Tables.ArtifactJson.Write(answer.File),
        ["size"] = answer.Size,
    }) with { BytesRead = answer.Size, Artifacts = answer.File is null ? [] : [answer.File] };

    /// <summary>Trying again may help after 408, 425, 429 and 5xx, and only then.</summary>
    private StepResult Unexpected(Uri address, HttpResponseMessage response, HttpAnswer answer)
    {
        var status = (int)response.StatusCode;
        var retryable = status is 408 or 425 or 429 or >= 500;
        var after = response.Headers.RetryAfter?.Delta is { } delta ? (int)Math.Ceiling(delta.TotalSeconds) : (int?)null;
        var said = answer.Body is null ? "" : $" It said: {Shortened(answer.Body is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : answer.Body.ToJsonString())}";
        return StepResult.Failed(new Problem(ProblemCodes.HttpFailed, $"{settings.Method} {Shown(address)} answered {status} {response.ReasonPhrase}, expected {settings.Expected}.{said}")
        {
            Facts = new JsonObject { ["status"] = status },
            RetryAfter = after,
        }, retryable) with { BytesRead = answer.Size };
    }

    private static string Shortened(string text) => text.Length <= 300 ? text : text[..300] + "…";

    /// <summary>Without the query, which may hold keys.</summary>
    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static JsonObject HeadersJson(HttpResponseMessage response)
    {
        var headers = new JsonObject();
        foreach (var (name, values) in response.Headers.Concat(response.Content.Headers))
        {
            if (!name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
                headers[name.ToLowerInvariant()] = string.Join(", ", values);
        }
        return headers;
    }

    private Uri Address(StepScope scope)
    {
        var address = OutboundHttp.Address(settings.Url.Render(scope)?.ToString() ?? "", "/config/url");
        if (settings.Query?.Render(scope) is not JsonObject query)
            return address;
        var parts = query.Where(pair => pair.Value is not null)
            .SelectMany(pair => pair.Value is JsonArray several ? several.Select(value => (pair.Key, value)) : [(pair.Key, pair.Value)])
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Item2?.ToString() ?? "")}");
        var added = string.Join('&', parts);
        var existing = address.Query.TrimStart('?');
        return new UriBuilder(address) { Query = existing.Length == 0 ? added : added.Length == 0 ? existing : $"{existing}&{added}" }.Uri;
    }

    private HttpRequestMessage Request(Uri address, JsonObject? headers, JsonNode? body, StepContext context)
    {
        var request = new HttpRequestMessage(settings.Method, address) { Version = HttpVersion.Version11 };
        if (body is not null)
            request.Content = Content(body);
        request.Headers.TryAddWithoutValidation("Idempotency-Key", context.IdempotencyKey);
        if (context.TraceParent is { } trace)
            request.Headers.TryAddWithoutValidation("traceparent", trace);
        foreach (var (name, value) in headers ?? [])
            Add(request, name, value?.ToString() ?? "");
        return request;
    }

    private StringContent Content(JsonNode body)
    {
        var isText = body is JsonValue value && value.GetValueKind() == JsonValueKind.String;
        var content = new StringContent(isText ? body.GetValue<string>() : body.ToJsonString(), Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.TryParse(settings.ContentType, out var declared) ? declared
            : new MediaTypeHeaderValue(isText ? "text/plain" : "application/json", "utf-8");
        return content;
    }

    private static void Add(HttpRequestMessage request, string name, string value)
    {
        if (name.Equals("Host", StringComparison.OrdinalIgnoreCase) || value.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0)
            throw new ProblemException(ProblemCodes.InvalidInputData, $"Header '{name}' cannot be sent: Host is taken from the address, and values are one line.");
        request.Headers.Remove(name);
        if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}
