using System.Globalization;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>
/// Finds out what a column of text holds. Strict: every value must agree, so that reading loses nothing; mending
/// columns that almost agree is the clean skill's work, where it is counted.
/// </summary>
public static class TextInference
{
    private static readonly HashSet<string> Placeholders = new(StringComparer.OrdinalIgnoreCase)
    {
        "null", "na", "n/a", "#n/a", "nan", "none", "nil", "missing", "unknown", "-", "--", "?", "\\N", "(blank)",
    };

    /// <summary>Whether the text only says that a value is missing: empty, <c>N/A</c>, <c>null</c>, <c>-</c>.</summary>
    public static bool IsPlaceholder(string text) => text.Length <= 9 && (string.IsNullOrWhiteSpace(text) || Placeholders.Contains(text.Trim()));

    public static Column Column(string name, IReadOnlyList<string?> texts)
    {
        var kind = Kind(texts, out var dayFirst);
        return Column(name, texts, kind, dayFirst);
    }

    /// <summary>Parses to a known kind; text that does not parse becomes missing.</summary>
    public static Column Column(string name, IReadOnlyList<string?> texts, ColumnKind kind, bool dayFirst = false)
    {
        var values = new object?[texts.Count];
        for (var row = 0; row < values.Length; row++)
            values[row] = string.IsNullOrEmpty(texts[row]) ? null : Parse(texts[row]!, kind, dayFirst);
        return new Column(name, kind, values);
    }

    public static ColumnKind Kind(IReadOnlyList<string?> texts, out bool dayFirst)
    {
        dayFirst = false;
        bool integer = true, number = true, boolean = true, date = true;
        var seen = 0;
        foreach (var text in texts)
        {
            if (string.IsNullOrEmpty(text) || IsPlaceholder(text))
                continue;
            if (++seen == 1 && text.Contains('/', StringComparison.Ordinal))
                dayFirst = DateText.IsDayFirst(texts);
            integer = integer && TryInteger(text, out _);
            number = number && TryNumber(text, out _);
            boolean = boolean && TryBoolean(text, out _);
            date = date && DateText.TryParse(text, dayFirst, out _);
            if (!integer && !number && !boolean && !date)
                return ColumnKind.Text;
        }
        return seen == 0 ? ColumnKind.Text
            : integer ? ColumnKind.Integer
            : number ? ColumnKind.Number
            : boolean ? ColumnKind.Boolean
            : date ? ColumnKind.Date
            : ColumnKind.Text;
    }

    public static object? Parse(string text, ColumnKind kind, bool dayFirst) => kind switch
    {
        ColumnKind.Text => text,
        ColumnKind.Integer => TryInteger(text, out var integer) ? integer : null,
        ColumnKind.Number => TryNumber(text, out var number) ? number : null,
        ColumnKind.Boolean => TryBoolean(text, out var boolean) ? boolean : null,
        ColumnKind.Date => DateText.TryParse(text, dayFirst, out var date) ? date : null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a column kind."),
    };

    /// <summary>Leading zeros and plus signs are kept as text: they are postal codes and telephone numbers.</summary>
    public static bool TryInteger(ReadOnlySpan<char> text, out long value)
    {
        text = text.Trim();
        var digits = text.Length > 0 && text[0] == '-' ? text[1..] : text;
        value = 0;
        return digits.Length > 0 && char.IsAsciiDigit(digits[0]) && (digits.Length == 1 || digits[0] != '0')
            && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    public static bool TryNumber(ReadOnlySpan<char> text, out double value)
    {
        text = text.Trim();
        value = 0;
        if (text.Length == 0 || text[0] == '+' || (text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1])))
            return false;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Styles, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    /// <summary>Only true and false: yes and no are categories, which keep their spelling.</summary>
    public static bool TryBoolean(ReadOnlySpan<char> text, out bool value) => bool.TryParse(text, out value);
}
