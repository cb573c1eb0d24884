using System.Text.Json.Nodes;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>
/// How tables pass between steps: the rows are a CSV artifact, the step's output names it under <c>table</c> with
/// the kinds of its columns under <c>columns</c>.
/// </summary>
public static class TableFiles
{
    public const string MediaType = "text/csv";

    /// <param name="context">The attempt that owns the artifact.</param>
    /// <param name="table">The rows.</param>
    /// <param name="name">File name without extension; unusable characters become underscores.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static Task<ArtifactReference> WriteAsync(StepContext context, Table table, string name, CancellationToken cancellationToken) =>
        context.Artifacts.WriteAsync(FileName(name) + ".csv", MediaType, (stream, token) => CsvTable.WriteAsync(table, stream, token), cancellationToken);

    /// <summary>
    /// Reads a table from a step's output (an object with <c>table</c>), from an artifact reference as JSON, or from
    /// rows given in place (an array of objects).
    /// </summary>
    /// <exception cref="ProblemException">NO_DATA when the node is none of these; ARTIFACT_NOT_FOUND.</exception>
    public static async Task<Table> ReadAsync(StepContext context, JsonNode? node, CancellationToken cancellationToken)
    {
        if (node is JsonArray rows)
            return JsonTable.Of(rows, "rows", TableLimits.Default);
        if (node is JsonObject holder)
        {
            if (ArtifactJson.TryRead(holder["table"]) is { } table)
                return await ReadAsync(context, table, ColumnsJson.TryRead(holder["columns"]), cancellationToken);
            if (ArtifactJson.TryRead(holder) is { } reference)
                return await ReadAsync(context, reference, kinds: null, cancellationToken);
        }
        throw new ProblemException(ProblemCodes.NoData, "This is not a table: expected a data step's output, its `table`, or an array of rows.");
    }

    /// <param name="context">The attempt that reads.</param>
    /// <param name="reference">A CSV or JSON artifact of the same execution.</param>
    /// <param name="kinds">The kinds of the columns by name; null infers them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<Table> ReadAsync(
        StepContext context, ArtifactReference reference, IReadOnlyDictionary<string, ColumnKind>? kinds, CancellationToken cancellationToken)
    {
        await using var stream = await context.Artifacts.OpenAsync(reference.ArtifactId, cancellationToken);
        var name = Path.GetFileNameWithoutExtension(reference.Name);
        return TableFormats.Of(reference.MediaType, reference.Name) == TableFormat.Json
            ? await JsonTable.ReadAsync(stream, name, TableLimits.Default, cancellationToken)
            : await CsvTable.ReadAsync(stream, name, TableLimits.Default, kinds, cancellationToken);
    }

    /// <summary>Whether the node leads to a table.</summary>
    public static bool IsTable(JsonNode? node) =>
        (node is JsonArray rows && rows is [JsonObject, ..]) || (node is JsonObject holder && (ArtifactJson.TryRead(holder["table"]) ?? ArtifactJson.TryRead(holder)) is not null);

    internal static string FileName(string name)
    {
        var safe = string.Concat(name.Select(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));
        return safe.Length == 0 ? "table" : safe[..Math.Min(safe.Length, 80)];
    }
}
