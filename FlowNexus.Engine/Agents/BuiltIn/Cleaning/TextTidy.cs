using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Text first: spacing, words that only mean "missing", and columns of numbers or dates that some cells spoil.</summary>
internal static class TextTidy
{
    /// <summary>Share of the present values that must agree before a text column is read as something else.</summary>
    private const double Agreement = 0.9;

    public static Column Apply(Column column, CleaningLog log)
    {
        if (column.Kind != ColumnKind.Text)
            return column;
        var texts = new string?[column.Values.Length];
        int trimmed = 0, placeholders = 0;
        for (var row = 0; row < texts.Length; row++)
        {
            if (column.Values[row] is not string text)
                continue;
            if (TextInference.IsPlaceholder(text))
            {
                placeholders++;
                continue;
            }
            var tidy = Collapse(text);
            if (tidy.Length != text.Length)
                trimmed++;
            texts[row] = tidy;
        }
        log.Add("placeholders_to_missing", column.Name, placeholders, "words such as N/A, null and - say that a value is missing");
        log.Add("trimmed", column.Name, trimmed, "spaces around and doubled inside were removed");
        return Convert(column.Name, texts, log);
    }

    private static string Collapse(string text)
    {
        text = text.Trim();
        return text.Contains("  ", StringComparison.Ordinal) ? string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries)) : text;
    }

    private static Column Convert(string name, string?[] texts, CleaningLog log)
    {
        var present = texts.Count(text => text is not null);
        var dayFirst = DateText.IsDayFirst(texts);
        foreach (var kind in (ColumnKind[])[ColumnKind.Number, ColumnKind.Date, ColumnKind.Boolean])
        {
            var values = Array.ConvertAll(texts, text => text is null ? null : Read(text, kind, dayFirst));
            var read = values.Count(value => value is not null);
            if (read == 0 || read < Agreement * present)
                continue;
            log.Add("unreadable_to_missing", name, present - read, $"not readable as {ColumnsJson.Name(kind)} in a column that otherwise is");
            if (kind == ColumnKind.Number && values.All(value => value is null or double and >= -9e15 and <= 9e15 && (double)(value ?? 0.0) % 1 == 0))
            {
                values = Array.ConvertAll(values, value => value is double number ? (object)(long)number : null);
                return Reformatted(new Column(name, ColumnKind.Integer, values), texts, log);
            }
            return Reformatted(new Column(name, kind, values), texts, log);
        }
        return new Column(name, ColumnKind.Text, texts);
    }

    private static Column Reformatted(Column column, string?[] texts, CleaningLog log)
    {
        var changed = 0;
        for (var row = 0; row < texts.Length; row++)
        {
            if (column.Values[row] is { } value && IsOddSpelling(texts[row]!, value))
                changed++;
        }
        log.Add("reformatted", column.Name, changed, $"other spellings of a {ColumnsJson.Name(column.Kind)} were brought into one form");
        return column;
    }

    private static bool IsOddSpelling(string text, object value) => value switch
    {
        DateTime date => !text.StartsWith(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal),
        double or long => !TextInference.TryNumber(text, out _),
        _ => false,
    };

    private static object? Read(string text, ColumnKind kind, bool dayFirst) =>
        kind == ColumnKind.Number ? TryAmount(text, out var number) ? number : null : TextInference.Parse(text, kind, dayFirst);

    /// <summary>Numbers with a currency, a percent sign or thousands separators: <c>$1,299.00</c>, <c>12.5 USD</c>.</summary>
    private static bool TryAmount(string text, out double number)
    {
        if (TextInference.TryNumber(text, out number))
            return true;
        var bare = text.AsSpan().Trim("$€£¥% \u00a0");
        if (bare.Length > 4 && char.IsAsciiLetterUpper(bare[^1]) && char.IsAsciiLetterUpper(bare[^2]) && char.IsAsciiLetterUpper(bare[^3]))
            bare = bare[..^3].TrimEnd();
        // Leading zeros stay text: a column of postal codes must not become a column of numbers.
        if (bare.Length == 0 || bare.Length == text.Length && !text.Contains(',', StringComparison.Ordinal))
            return false;
        const NumberStyles Styles = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands;
        return double.TryParse(bare, Styles, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }
}
