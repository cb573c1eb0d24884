using CsvHelper;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports;

/// <summary>The data of a report as CSV for people, who open it in spreadsheets.</summary>
internal static class ReportCsv
{
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

    public static string? Cell(object? value) => value is string text ? Guarded(text) : CellText.Format(value);

    private static string Guarded(string text) => text.Length > 0 && (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n') ? "'" + text : text;
}
