namespace FlowNexus.Engine.Retention;

/// <summary>An execution that has something to give up.</summary>
/// <param name="Pruned">What it has given up already.</param>
/// <param name="Events">Number of events in its stream.</param>
internal sealed record ExpiredExecution(string Id, long FinishedAt, string? ParentId, bool Awaited, Pruned Pruned, long Events, string? InputArtifact)
{
    /// <summary>Items of loops that have rows of their own: one more than the highest index.</summary>
    public int Iterations { get; init; }

    public IReadOnlyList<ExpiredFile> Files { get; init; } = [];
}

/// <summary>A file of the artifact store.</summary>
internal sealed record ExpiredFile(string Id, long Size, bool IsBody);
