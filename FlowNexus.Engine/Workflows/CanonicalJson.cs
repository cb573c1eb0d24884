using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// The one text of a JSON tree: fields in the order they were given, no white space, numbers with the digits they
/// were given, only what JSON demands escaped. Reading it back and writing it again gives the same bytes.
/// </summary>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 512 };

    public static string Write(JsonNode? node) => Encoding.UTF8.GetString(Bytes(node));

    /// <summary>Lower-case hexadecimal SHA-256 of the text's UTF-8 bytes.</summary>
    public static string Hash(JsonNode? node) => Convert.ToHexStringLower(SHA256.HashData(Bytes(node)));

    private static byte[] Bytes(JsonNode? node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Options))
        {
            if (node is null) writer.WriteNullValue();
            else node.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
