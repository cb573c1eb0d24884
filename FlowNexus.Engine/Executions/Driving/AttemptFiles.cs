using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The artifacts of one attempt: what it wrote is deleted unless its result is kept.</summary>
internal sealed class AttemptFiles(ArtifactStore store, EngineDatabase database, string executionId) : IArtifactFiles, IDisposable
{
    private readonly List<string> _written = [];

    public async Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var artifact = await store.WriteAsync(name, mediaType, write, cancellationToken);
        lock (_written) _written.Add(artifact.ArtifactId);
        return artifact;
    }

    public async Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken)
    {
        bool own;
        lock (_written) own = _written.Contains(artifactId);
        if (!own)
        {
            await using var context = database.Read();
            var owner = await context.Artifacts.Where(row => row.Id == artifactId).Select(row => row.ExecutionId).FirstOrDefaultAsync(cancellationToken);
            own = owner is not null && await IsOwnOrTakenOverAsync(context, owner, cancellationToken);
        }

        return own ? store.Open(artifactId) : throw new ProblemException(ProblemCodes.ArtifactNotFound, $"This execution has no artifact {artifactId}.");
    }

    /// <summary>A retry reads what the executions before it in its line produced.</summary>
    private async Task<bool> IsOwnOrTakenOverAsync(FlowNexusDbContext context, string owner, CancellationToken cancellationToken)
    {
        for (string? id = executionId; id is not null; id = await context.Executions.Where(row => row.Id == id).Select(row => row.RetryOf).FirstOrDefaultAsync(cancellationToken))
            if (id == owner) return true;
        return false;
    }

    /// <summary>The attempt completed: its files live on.</summary>
    public void Keep()
    {
        lock (_written) _written.Clear();
    }

    public void Dispose()
    {
        lock (_written)
            foreach (var artifact in _written) store.Delete(artifact);
    }
}
