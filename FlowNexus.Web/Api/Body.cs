using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Api;

/// <summary>Reads a JSON object from a request and its fields with clear errors.</summary>
internal sealed class Body(JsonObject fields)
{
    /// <summary>Definitions, inputs and files' descriptions; in bytes.</summary>
    public const long MaxBytes = 32 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };
    private readonly List<ProblemDetail> _wrong = [];

    public JsonObject Fields { get; } = fields;

    /// <param name="optional">An empty body is an empty object.</param>
    /// <exception cref="ProblemException">INVALID_REQUEST when the body is not a JSON object.</exception>
    public static async Task<Body> ReadAsync(HttpContext context, bool optional = false)
    {
        if (context.Request.ContentLength > MaxBytes) throw new ProblemException(ProblemCodes.InvalidRequest, $"The body has {context.Request.ContentLength} bytes; at most {MaxBytes} are accepted.");
        if (optional && context.Request.ContentLength is null or 0 && context.Request.Headers.TransferEncoding.Count == 0) return new Body([]);
        try
        {
            var node = await JsonNode.ParseAsync(context.Request.Body, null, Options, context.RequestAborted);
            if (node is JsonObject fields)
            {
                // Duplicate keys only show when the object is first used.
                _ = fields.Count;
                return new Body(fields);
            }
        }
        catch (Exception failure) when (failure is JsonException or ArgumentException)
        {
            throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, $"The body is no valid JSON: {failure.Message}"), failure);
        }

        throw new ProblemException(ProblemCodes.InvalidRequest, "The body must be a JSON object.");
    }

    public string? Text(string name) => Read<string>(name, "a string");

    public bool? Flag(string name) => Read<bool?>(name, "true or false");

    public double? Number(string name) => Read<double?>(name, "a number");

    public JsonNode? Node(string name) => Fields[name];

    public void Wrong(string name, string rule, string message, IReadOnlyList<string>? allowed = null) => _wrong.Add(new ProblemDetail($"/{name}", rule, message) { Allowed = allowed });

    /// <exception cref="ProblemException">INVALID_REQUEST with everything found wrong so far.</exception>
    public void ThrowIfWrong()
    {
        if (_wrong.Count > 0) throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, _wrong[0].Message) { Details = _wrong });
    }

    private T? Read<T>(string name, string kind)
    {
        if (Fields[name] is not { } node) return default;
        if (node is JsonValue value && value.TryGetValue(out T? read)) return read;
        Wrong(name, "type", $"{name} must be {kind}; it is {node.ToJsonString()}.");
        return default;
    }
}
