using System.Globalization;
using System.Text;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Breaks text into lines that fit.</summary>
internal static class PdfText
{
    /// <summary>One line without control characters; lone surrogates become the replacement character.</summary>
    public static string Clean(string text)
    {
        if (text.All(letter => letter >= ' ' && letter is not ('\u007F' or '\u2028' or '\u2029') && !char.IsSurrogate(letter))) return text;
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator) clean.Append(' ');
            else if (category != UnicodeCategory.Format) clean.Append(rune.ToString());
        }
        return clean.ToString();
    }

    /// <param name="most">Lines allowed; the last one ends in an ellipsis when text is left.</param>
    public static List<string> Wrap(string text, TypeFace face, double width, int most = int.MaxValue)
    {
        var lines = new List<string>();
        var line = "";
        foreach (var word in Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var joined = line.Length == 0 ? word : line + " " + word;
            if (face.Measure(joined) <= width)
            {
                line = joined;
                continue;
            }
            if (line.Length > 0) lines.Add(line);
            line = word;
            while (face.Measure(line) > width)
            {
                var fit = Fit(line, face, width);
                lines.Add(line[..fit]);
                line = line[fit..];
            }
        }
        if (line.Length > 0 || lines.Count == 0) lines.Add(line);
        if (lines.Count <= most) return lines;
        var last = lines[most - 1];
        while (last.Length > 0 && face.Measure(last + "…") > width) last = Shorter(last);
        lines[most - 1] = last.TrimEnd() + "…";
        return lines[..most];
    }

    /// <summary>Width of the widest word: below it, words break.</summary>
    public static double WidestWord(string text, TypeFace face) =>
        Clean(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(face.Measure).DefaultIfEmpty(0).Max();

    private static int Fit(string word, TypeFace face, double width)
    {
        var (used, index) = (0d, 0);
        while (index < word.Length)
        {
            var length = char.IsHighSurrogate(word[index]) && index + 1 < word.Length ? 2 : 1;
            used += face.Letter(word.Substring(index, length));
            if (used > width) break;
            index += length;
        }
        return Math.Max(index, char.IsHighSurrogate(word[0]) && word.Length > 1 ? 2 : 1);
    }

    private static string Shorter(string text) => text[..^(text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1)];
}
