namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>Column names as words: <c>order_date</c> → order date, <c>unitPrice</c> → unit price.</summary>
public static class ColumnWords
{
    public static string Of(string name)
    {
        var words = new System.Text.StringBuilder(name.Length + 4);
        var previous = ' ';
        foreach (var letter in name)
        {
            if (letter == '_' || char.IsWhiteSpace(letter) || char.IsControl(letter))
            {
                if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
            }
            else if (char.IsUpper(letter) && char.IsLower(previous))
            {
                words.Append(' ').Append(char.ToLowerInvariant(letter));
            }
            else
            {
                words.Append(letter);
            }
            previous = letter;
        }
        return words.ToString().Trim() is { Length: > 0 } text ? text : name;
    }

    public static string Capital(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    public static string Label(string name) => Capital(Of(name));

    /// <summary>Whether one of the words of the name is in the list.</summary>
    public static bool Has(string name, params ReadOnlySpan<string> words)
    {
        foreach (var part in Of(name).Split([' ', '-', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var word in words)
            {
                if (part.Equals(word, StringComparison.OrdinalIgnoreCase)) return true;
            }
        }
        return false;
    }
}
