namespace FlowNexus.Engine.Artifacts;

/// <summary>What one attempt can do with artifacts: write its own, read those of its execution.</summary>
public interface IArtifactFiles
{
    /// <summary>
    /// Stores a file. It becomes visible when the attempt's result commits; a file of an attempt that fails or is
    /// abandoned is removed.
    /// </summary>
    Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken);

    /// <summary>Opens an artifact of the same execution for reading.</summary>
    /// <exception cref="Problems.ProblemException">ARTIFACT_NOT_FOUND.</exception>
    Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken);
}
