using System.Globalization;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Puts reasons into words.</summary>
internal static class Wording
{
    public static string A(string noun) => (noun.Length > 0 && "aeiou".Contains(char.ToLowerInvariant(noun[0])) ? "an " : "a ") + noun;

    public static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    public static string List(IReadOnlyList<string> items) => items.Count switch
    {
        0 => "",
        1 => items[0],
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} and {items[^1]}",
    };

    public static string Sentence(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
