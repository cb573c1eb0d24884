namespace FlowNexus.Engine.Storage.Rows;

/// <summary>A file under the artifact folder, committed with the result that names it.</summary>
public sealed class ArtifactRow
{
    public required string Id { get; set; }
    public required string ExecutionId { get; set; }
    public required string StepName { get; set; }

    /// <summary>file, or body for an input or output too large for a row.</summary>
    public required string Kind { get; set; }

    public required string Name { get; set; }
    public required string MediaType { get; set; }
    public long Size { get; set; }
    public required string Sha256 { get; set; }
    public long CreatedAt { get; set; }
}
