using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Logs;

/// <summary>Bounds a line to what is stored.</summary>
internal static class LogLine
{
    /// <summary>Message and fields together, in bytes of UTF-8.</summary>
    public const int MaxBytes = 4096;

    private const char Cut = '…';

    /// <summary>A message that is too long ends in an ellipsis; fields that do not fit beside it are left out, and say so.</summary>
    public static (string Message, string? Fields) Bound(string message, JsonObject? fields)
    {
        var text = Shorten(Storable(message), MaxBytes);
        if (fields is null) return (text, null);
        var json = Storable(fields.ToJsonString(ProblemJson.Options));
        if (Encoding.UTF8.GetByteCount(text) + Encoding.UTF8.GetByteCount(json) <= MaxBytes) return (text, json);
        var left = new JsonObject { ["fields_left_out"] = fields.Count }.ToJsonString();
        return (Shorten(text, MaxBytes - left.Length), left);
    }

    /// <summary>Neither database takes NUL, and half a surrogate pair is no text.</summary>
    private static string Storable(string text)
    {
        if (!text.Contains('\0') && !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')) return text;
        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.Replace('\0', '\uFFFD')));
    }

    private static string Shorten(string text, int bytes)
    {
        if (text.Length * 3 <= bytes || Encoding.UTF8.GetByteCount(text) <= bytes) return text;
        var kept = new StringBuilder(bytes);
        var room = bytes - Encoding.UTF8.GetByteCount([Cut]);
        foreach (var rune in text.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0) break;
            kept.Append(rune);
        }

        return kept.Append(Cut).ToString();
    }
}
