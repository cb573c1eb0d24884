using System.Globalization;

namespace FlowNexus.Engine.Problems;

/// <summary>Writes JSON pointers (RFC 6901).</summary>
public static class JsonPointers
{
    public static string Append(string pointer, string name) => $"{pointer}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    public static string Append(string pointer, int index) => string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index}");
}
