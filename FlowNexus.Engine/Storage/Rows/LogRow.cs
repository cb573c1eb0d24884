namespace FlowNexus.Engine.Storage.Rows;

/// <summary>One line that an attempt wrote for people.</summary>
public sealed class LogRow
{
    public long Position { get; set; }
    public required string ExecutionId { get; set; }
    public int Ordinal { get; set; }
    public required string StepName { get; set; }

    /// <summary>Index of the loop's item; -1 outside loops.</summary>
    public int Item { get; set; }

    public int Attempt { get; set; }

    /// <summary>0 debug, 1 info, 2 warning, 3 error.</summary>
    public int Level { get; set; }

    public long At { get; set; }

    /// <summary>Redacted, and with <see cref="Fields"/> at most 4 KB.</summary>
    public required string Message { get; set; }

    /// <summary>A JSON object; null when there are none.</summary>
    public string? Fields { get; set; }
}
