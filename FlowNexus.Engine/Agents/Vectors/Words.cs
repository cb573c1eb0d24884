using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>One word of a text that carries meaning.</summary>
/// <param name="Text">Lower case, without accents.</param>
/// <param name="Stem">What related words have in common.</param>
/// <param name="Weight">0 to 1: the first words of a step say what to do, the later ones with what.</param>
internal readonly record struct Word(string Text, string Stem, float Weight);

/// <summary>Splits names and sentences into words.</summary>
internal static class Words
{
    private const float Decay = 0.93f;
    private const float Least = 0.5f;

    /// <summary>"Clean extracted data" cleans; the participle tells where the data comes from.</summary>
    private const float Participle = 0.35f;

    private static readonly FrozenSet<string> Empty = FrozenSet.ToFrozenSet(
    [
        "a", "an", "the", "of", "to", "and", "or", "for", "in", "on", "at", "by", "with", "from", "into", "onto", "it", "its", "is", "are", "be", "as",
        "this", "that", "these", "those", "all", "any", "each", "every", "our", "your", "their", "we", "i", "you", "they", "us", "s", "than", "then",
        "before", "after", "which", "who", "per", "via", "using", "use", "so", "some", "more", "most", "new", "one", "two", "please", "will", "should",
    ]);

    /// <param name="ordered">Whether words weigh less the later they come; false for names, whose last word matters as much.</param>
    public static List<Word> Of(string text, bool ordered)
    {
        var words = new List<Word>();
        var weight = 1f;
        foreach (var word in Split(text))
        {
            if (Empty.Contains(word) || word.All(char.IsAsciiDigit)) continue;
            var participle = ordered && words.Count > 0 && word.Length > 5 && word.EndsWith("ed", StringComparison.Ordinal);
            words.Add(new Word(word, Stemmer.Of(word), participle ? Participle : weight));
            if (ordered) weight = Math.Max(Least, weight * Decay);
        }

        return words;
    }

    /// <summary>Lower-case runs of letters and digits; <c>camelCase</c> and <c>snake_case</c> come apart.</summary>
    public static IEnumerable<string> Split(string text)
    {
        var word = new StringBuilder();
        var previous = ' ';
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            var ends = !char.IsLetterOrDigit(c) || (char.IsUpper(c) && char.IsLower(previous));
            if (ends && word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }

            if (char.IsLetterOrDigit(c)) word.Append(char.ToLowerInvariant(c));
            previous = c;
        }

        if (word.Length > 0) yield return word.ToString();
    }
}
