using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Tables from JSON: an array of objects, an object that holds one, or one object a line (JSONL).</summary>
public static class JsonTable
{
    public static async Task<Table> ReadAsync(Stream stream, string name, TableLimits limits, CancellationToken cancellationToken)
    {
        await using var counted = new CappedStream(stream, limits.Bytes, name);
        var rows = new List<JsonNode?>();
        try
        {
            // Several top-level values read both JSONL and one plain document.
            await foreach (var node in JsonSerializer.DeserializeAsyncEnumerable<JsonNode>(counted, topLevelValues: true, cancellationToken: cancellationToken))
                rows.Add(node);
        }
        catch (JsonException exception)
        {
            throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, $"'{name}' is not readable as JSON or JSON lines: {exception.Message}"), exception);
        }
        return rows is [JsonArray array] ? Of(array, name, limits)
            : rows is [JsonObject holder] && holder.Select(pair => pair.Value).OfType<JsonArray>().FirstOrDefault(items => items is [JsonObject, ..]) is { } inner ? Of(inner, name, limits)
            : Of(rows, name, limits);
    }

    /// <summary>Nested values are kept as JSON text.</summary>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: a row is not an object, or there are too many.</exception>
    public static Table Of(IList<JsonNode?> rows, string name, TableLimits limits)
    {
        if (rows.Count > limits.Rows)
            throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' has {rows.Count:N0} rows; at most {limits.Rows:N0} are allowed.");
        var texts = new Dictionary<string, string?[]>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index] is not JsonObject row)
                throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' row {index + 1} is not an object; expected rows such as {{\"region\": \"EMEA\", \"units\": 3}}.");
            foreach (var (key, value) in row)
            {
                if (!texts.TryGetValue(key, out var column))
                {
                    if (texts.Count == limits.Columns)
                        throw new ProblemException(ProblemCodes.InvalidInputData, $"'{name}' has more than {limits.Columns} columns.");
                    texts[key] = column = new string?[rows.Count];
                }
                column[index] = value is JsonValue scalar && scalar.GetValueKind() == JsonValueKind.String ? scalar.GetValue<string>() : value?.ToJsonString();
            }
        }
        return new Table(name, [.. texts.Select(pair => TextInference.Column(pair.Key, pair.Value))]);
    }
}
