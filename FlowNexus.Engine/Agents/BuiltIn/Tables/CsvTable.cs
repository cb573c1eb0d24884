using CsvHelper;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Tables as CSV: UTF-8, RFC 4180, first line names the columns.</summary>
public static class CsvTable
{
    private static readonly CsvReaderOptions Reading = new()
    {
        PoolStrings = true,
        MaxRecordSize = 1024 * 1024,
        TrackLineNumbers = true,
    };

    /// <summary>Comma, semicolon, tab or bar is detected; kinds are inferred unless <paramref name="kinds"/> names them.</summary>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: not CSV, too large, ragged, no header.</exception>
    public static async Task<Table> ReadAsync(
        Stream stream, string name, TableLimits limits, IReadOnlyDictionary<string, ColumnKind>? kinds, CancellationToken cancellationToken)
    {
        await using var counted = new CappedStream(stream, limits.Bytes, name);
        var options = kinds is null ? Reading : Reading with { Separator = ',' };
        using var reader = CsvReader.Create(counted, options, leaveOpen: true);
        try
        {
            return await ReadAsync(reader, name, limits, kinds, cancellationToken);
        }
        catch (Exception exception) when (exception is CsvFormatException or InvalidDataException)
        {
            throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, $"'{name}' is not readable as CSV: {exception.Message}"), exception);
        }
    }

    public static async Task WriteAsync(Table table, Stream stream, CancellationToken cancellationToken)
    {
        await using var writer = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\n" }, leaveOpen: true);
        foreach (var column in table.Columns)
            writer.WriteField(column.Name);
        await writer.EndRecordAsync(cancellationToken);
        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var column in table.Columns)
                writer.WriteField(CellText.Format(column.Values[row]));
            await writer.EndRecordAsync(cancellationToken);
        }
        await writer.FlushAsync(cancellationToken);
    }

    private static async Task<Table> ReadAsync(
        CsvReader reader, string name, TableLimits limits, IReadOnlyDictionary<string, ColumnKind>? kinds, CancellationToken cancellationToken)
    {
        await reader.ReadHeaderAsync(cancellationToken);
        var headers = ColumnNames.Unique(reader.Headers);
        if (headers.Count == 0)
            throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' is empty; expected CSV whose first line names the columns.");
        if (headers.Count > limits.Columns)
            throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' has {headers.Count} columns; at most {limits.Columns} are allowed.");
        var texts = headers.Select(_ => new List<string?>()).ToArray();
        while (await reader.ReadAsync(cancellationToken))
        {
            if (texts[0].Count == limits.Rows)
                throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' has more than {limits.Rows:N0} rows; filter it at its source or split it.");
            if (reader.FieldCount > headers.Count)
            {
                throw new ProblemException(
                    ProblemCodes.InvalidInputData, $"'{name}' line {reader.LineNumber} has {reader.FieldCount} values for {headers.Count} columns; check its quoting.");
            }
            for (var index = 0; index < texts.Length; index++)
                texts[index].Add(index < reader.FieldCount ? reader.GetString(index) : null);
        }
        return new Table(name, [.. headers.Select((header, index) => kinds is not null && kinds.TryGetValue(header, out var kind)
            ? TextInference.Column(header, texts[index], kind)
            : TextInference.Column(header, texts[index]))]);
    }
}
