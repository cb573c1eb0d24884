using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>The body of an answer: as JSON or text when small, as a file when large or binary.</summary>
internal sealed record HttpAnswer(JsonNode? Body, ArtifactReference? File, long Size)
{
    /// <summary>What stays in the step's output, in bytes.</summary>
    private const int LargestInline = 256 * 1024;

    /// <exception cref="ProblemException">HTTP_FAILED: larger than allowed, or not the JSON it should be.</exception>
    public static async Task<HttpAnswer> ReadAsync(StepContext context, HttpResponseMessage response, string wanted, long limit, CancellationToken cancellationToken)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType ?? "application/octet-stream";
        if (response.Content.Headers.ContentLength is { } length && length > limit)
            throw TooLarge(limit);
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var head = new byte[LargestInline + 1];
        var read = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        var isText = wanted is "json" or "text" || IsText(mediaType);
        if (wanted != "file" && isText && read <= LargestInline)
            return new HttpAnswer(Parse(head.AsSpan(0, read), mediaType, wanted), null, read);
        if (read == 0)
            return new HttpAnswer(null, null, 0);
        var size = (long)read;
        var file = await context.Artifacts.WriteAsync(FileName(context, response, mediaType), mediaType, async (target, token) =>
        {
            await target.WriteAsync(head.AsMemory(0, read), token);
            var buffer = new byte[64 * 1024];
            int more;
            while ((more = await stream.ReadAsync(buffer, token)) > 0)
            {
                if ((size += more) > limit)
                    throw TooLarge(limit);
                await target.WriteAsync(buffer.AsMemory(0, more), token);
            }
        }, cancellationToken);
        return new HttpAnswer(null, file, size);
    }

    private static ProblemException TooLarge(long limit) =>
        new(ProblemCodes.HttpFailed, $"The answer is larger than {limit:N0} bytes ({Http.OutboundHttpOptions.Section}:MaxResponseBytes).");

    private static bool IsJson(string mediaType) => mediaType is "application/json" or "text/json" || mediaType.EndsWith("+json", StringComparison.Ordinal);

    private static bool IsText(string mediaType) => mediaType.StartsWith("text/", StringComparison.Ordinal) || IsJson(mediaType)
        || mediaType is "application/xml" or "application/javascript" or "application/x-www-form-urlencoded" or "application/x-ndjson" || mediaType.EndsWith("+xml", StringComparison.Ordinal);

    private static JsonNode? Parse(ReadOnlySpan<byte> bytes, string mediaType, string wanted)
    {
        if (bytes.Length == 0)
            return null;
        if (wanted == "json" || (wanted == "auto" && IsJson(mediaType)))
        {
            try
            {
                return JsonNode.Parse(bytes);
            }
            catch (JsonException failure) when (wanted == "json")
            {
                throw new ProblemException(new Problem(ProblemCodes.HttpFailed, $"The answer is not JSON: {failure.Message}"), failure);
            }
            catch (JsonException)
            {
                // Under auto a mislabelled answer is still an answer, as text.
            }
        }
        return JsonValue.Create(Encoding.UTF8.GetString(bytes));
    }

    private static string FileName(StepContext context, HttpResponseMessage response, string mediaType)
    {
        var name = Path.GetFileName(response.RequestMessage?.RequestUri?.AbsolutePath ?? "");
        var safe = TableFiles.FileName(Path.GetFileNameWithoutExtension(name) is { Length: > 0 } stem ? stem : context.Step.Name);
        var extension = Path.GetExtension(name) is { Length: > 1 and <= 10 } given && given.Skip(1).All(char.IsAsciiLetterOrDigit) ? given : IsJson(mediaType) ? ".json" : IsText(mediaType) ? ".txt" : ".bin";
        return safe + extension;
    }
}
