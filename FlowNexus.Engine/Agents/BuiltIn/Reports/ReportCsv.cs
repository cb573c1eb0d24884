using System.Globalization;
using CsvHelper;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>Tables from and to CSV.</summary>
internal static class ReportCsv
{
    /// <summary>Columns that <paramref name="kinds"/> does not name are read as numbers or dates when every value is one.</summary>
    public static async Task<Table> ReadAsync(Stream stream, string name, IReadOnlyDictionary<string, ColumnKind> kinds, CancellationToken cancellationToken)
    {
        using var reader = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',', PoolStrings = true }, leaveOpen: true);
        await reader.ReadHeaderAsync(cancellationToken);
        var headers = reader.Headers.ToArray();
        var texts = headers.Select(_ => new List<string?>()).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            for (var index = 0; index < texts.Length; index++)
                texts[index].Add(index < reader.FieldCount ? reader.GetString(index) : null);
        }
        return new Table(name, [.. headers.Select((header, index) => ColumnOf(header, texts[index], kinds))]);
    }

    /// <summary>
    /// Writes every row. Text that a spreadsheet would run as a formula gets an apostrophe in front; numbers stay numbers.
    /// </summary>
    public static async Task WriteAsync(Table table, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in table.Columns) writer.WriteField(Guarded(column.Name));
        await writer.EndRecordAsync(cancellationToken);
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var column in table.Columns) writer.WriteField(Cell(column.Values[row]));
            await writer.EndRecordAsync(cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
    }

    public static string? Cell(object? value) => value switch
    {
        null => null,
        string text => Guarded(text),
        bool flag => flag ? "true" : "false",
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    private static string Guarded(string text) => text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') ? "'" + text : text;

    private static Column ColumnOf(string name, List<string?> texts, IReadOnlyDictionary<string, ColumnKind> kinds)
    {
        var kind = kinds.TryGetValue(name, out var given) ? given
            : ((ColumnKind[])[ColumnKind.Integer, ColumnKind.Number, ColumnKind.Date, ColumnKind.Boolean])
                .Where(candidate => texts.Exists(text => !string.IsNullOrEmpty(text)) && texts.TrueForAll(text => string.IsNullOrEmpty(text) || Parse(text, candidate) is not null))
                .Append(ColumnKind.Text).First();
        return new Column(name, kind, [.. texts.Select(text => string.IsNullOrEmpty(text) ? null : Parse(text, kind))]);
    }

    private static object? Parse(string text, ColumnKind kind) => kind switch
    {
        ColumnKind.Integer => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : null,
        ColumnKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
        ColumnKind.Boolean => bool.TryParse(text, out var flag) ? flag : null,
        ColumnKind.Date => text.Length >= 8 && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var date) ? date : null,
        _ => text,
    };
}
