namespace FlowNexus.Engine.Storage.Rows;

/// <summary>What is being drawn of one workflow; the workflow need not exist yet.</summary>
public sealed class DraftRow
{
    public required string WorkflowId { get; set; }

    /// <summary>The version it started from; 0 when nothing is saved yet.</summary>
    public int BaseVersion { get; set; }

    /// <summary>Grows with every save; a save that saw an older one merges first.</summary>
    public int Revision { get; set; }

    /// <summary>The document as JSON.</summary>
    public required string Document { get; set; }

    /// <summary>For lists, without reading the document.</summary>
    public required string Name { get; set; }

    public required string UpdatedBy { get; set; }
    public long UpdatedAt { get; set; }
}
