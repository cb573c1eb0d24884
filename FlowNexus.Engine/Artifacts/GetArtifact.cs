using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Retention;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Artifacts;

/// <summary>Lists and opens the files that executions produced.</summary>
public sealed class GetArtifact(EngineDatabase database, ArtifactStore store)
{
    /// <exception cref="ProblemException">ARTIFACT_NOT_FOUND, ARTIFACT_EXPIRED, FORBIDDEN.</exception>
    public async Task<(ArtifactRow Row, Stream Content)> OpenAsync(Principal principal, string artifactId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var row = await context.Artifacts.FirstOrDefaultAsync(x => x.Id == artifactId)
            ?? throw new ProblemException(ProblemCodes.ArtifactNotFound, $"There is no artifact \"{artifactId}\".");
        var pruned = (Pruned)await context.Executions.Where(x => x.Id == row.ExecutionId).Select(x => x.Pruned).FirstOrDefaultAsync();
        if (pruned.HasFlag(Pruned.Files)) throw new ProblemException(ProblemCodes.ArtifactExpired, $"The file \"{row.Name}\" was deleted: files are kept for FlowNexus:Retention:ArtifactsDays after their execution ended. Run the workflow again to make it anew.");
        return (row, store.Open(artifactId));
    }

    /// <summary>The files of an execution; bodies that only left their row for their size are not among them.</summary>
    public async Task<IReadOnlyList<ArtifactView>> OfExecutionAsync(Principal principal, string executionId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var rows = await context.Artifacts.Where(x => x.ExecutionId == executionId && x.Kind == "file").OrderBy(x => x.Id).ToListAsync();
        return [.. rows.Select(row => new ArtifactView(row.Id, row.ExecutionId, row.StepName, row.Name, row.MediaType, row.Size, row.Sha256, UnixMicros.Read(row.CreatedAt)))];
    }
}

public sealed record ArtifactView(string ArtifactId, string ExecutionId, string StepName, string Name, string MediaType, long Size, string Sha256, DateTimeOffset CreatedAt);
