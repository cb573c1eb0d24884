using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>What holds for the document as a whole, before any field has a meaning.</summary>
internal static class SourceRules
{
    /// <summary>5 MB of canonical UTF-8 text.</summary>
    public const int MaxBytes = 5_000_000;

    /// <summary>False when the document cannot be read further.</summary>
    public static bool Check(JsonObject source, ProblemList problems)
    {
        var readable = Walk(source, "", problems);
        if (!readable) return false;
        var size = Encoding.UTF8.GetByteCount(CanonicalJson.Write(source));
        if (size <= MaxBytes) return true;
        problems.Error("", "too_large", $"The definition has {size:N0} bytes; at most {MaxBytes:N0} are allowed.", "Move data out of the definition: into input_data, a dataset or a file.");
        return false;
    }

    /// <summary>Reports texts that cannot be stored and fields given twice; false when there are any.</summary>
    public static bool Walk(JsonNode? node, string pointer, ProblemList problems)
    {
        try
        {
            switch (node)
            {
                case JsonObject fields:
                    // Touching the fields is what finds a name given twice.
                    var ok = true;
                    foreach (var (name, value) in fields)
                    {
                        var at = JsonPointers.Append(pointer, name);
                        ok &= CheckText(name, at, problems) & Walk(value, at, problems);
                    }

                    return ok;
                case JsonArray items:
                    var all = true;
                    for (var i = 0; i < items.Count; i++) all &= Walk(items[i], JsonPointers.Append(pointer, i), problems);
                    return all;
                case JsonValue value when value.GetValueKind() == JsonValueKind.String:
                    return CheckText(value.GetValue<string>(), pointer, problems);
                default:
                    return true;
            }
        }
        catch (ArgumentException)
        {
            problems.Error(pointer, "duplicate_field", "An object has the same field twice.", "Keep one of them.");
            return false;
        }
        catch (InvalidOperationException)
        {
            problems.Error(pointer, "invalid_text", "A text is not valid Unicode: it has half of a surrogate pair.");
            return false;
        }
    }

    private static bool CheckText(string text, string pointer, ProblemList problems)
    {
        if (text.Contains('\0'))
        {
            problems.Error(pointer, "nul", "A text contains the NUL character (\\u0000), which databases cannot store.", "Remove it.");
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 < text.Length && char.IsSurrogatePair(text, i)) i++;
            else
            {
                problems.Error(pointer, "invalid_text", "A text is not valid Unicode: it has half of a surrogate pair.");
                return false;
            }
        }

        return true;
    }
}
