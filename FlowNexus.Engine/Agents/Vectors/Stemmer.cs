namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>A light English stemmer: enough to bring <c>extraction</c>, <c>extracting</c> and <c>extracts</c> together. Not a dictionary.</summary>
internal static class Stemmer
{
    private const int Shortest = 3;

    /// <summary>Longest first; each is replaced by what stands beside it when at least three letters remain.</summary>
    private static readonly (string Suffix, string Becomes)[] Suffixes =
    [
        ("isations", "iz"), ("izations", "iz"), ("isation", "iz"), ("ization", "iz"), ("ising", "iz"), ("izing", "iz"),
        ("ised", "iz"), ("ized", "iz"), ("ises", "iz"), ("izes", "iz"), ("ise", "iz"), ("ize", "iz"),
        ("ations", ""), ("ation", ""), ("ating", ""), ("ated", ""), ("ates", ""), ("ate", ""),
        ("ions", ""), ("ion", ""), ("ings", ""), ("ing", ""), ("ies", "y"), ("ied", "y"), ("ed", ""), ("ly", ""), ("es", ""), ("e", ""),
    ];

    /// <param name="word">Lower case.</param>
    public static string Of(string word)
    {
        if (word.Length <= Shortest) return word;
        foreach (var (suffix, becomes) in Suffixes)
        {
            if (!word.EndsWith(suffix, StringComparison.Ordinal) || word.Length - suffix.Length < Shortest) continue;
            return Undoubled(word[..^suffix.Length]) + becomes;
        }

        if (word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) && !word.EndsWith("us", StringComparison.Ordinal) && !word.EndsWith("is", StringComparison.Ordinal))
        {
            // "scores" has lost its "es" above; what is left of "tables" and "rows" is a plain plural.
            return Of(word[..^1]);
        }

        return word;
    }

    /// <summary><c>splitt</c> is <c>split</c>; <c>fill</c> and <c>pass</c> stay.</summary>
    private static string Undoubled(string stem) =>
        stem.Length > Shortest && stem[^1] == stem[^2] && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1] : stem;
}
