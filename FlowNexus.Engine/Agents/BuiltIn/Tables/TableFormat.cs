namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>The two ways a table comes as a file.</summary>
public enum TableFormat { Csv, Json }

public static class TableFormats
{
    /// <summary>By media type, else by the file's name; CSV when neither tells.</summary>
    public static TableFormat Of(string? mediaType, string fileName) =>
        mediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
        || fileName.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        || fileName.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase)
        || fileName.EndsWith(".ndjson", StringComparison.OrdinalIgnoreCase)
            ? TableFormat.Json
            : TableFormat.Csv;
}
