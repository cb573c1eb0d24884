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
        if (!await AreKeptAsync(context, row.ExecutionId)) throw new ProblemException(ProblemCodes.ArtifactExpired, $"The file \"{row.Name}\" was deleted: files are kept for FlowNexus:Retention:ArtifactsDays after their execution ended. Run the workflow again to make it anew.");
        return (row, store.Open(artifactId));
    }

    /// <summary>The files of an execution; bodies that only left their row for their size are not among them.</summary>
    public async Task<IReadOnlyList<ArtifactView>> OfExecutionAsync(Principal principal, string executionId)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var rows = await context.Artifacts.Where(x => x.ExecutionId == executionId && x.Kind == "file").OrderBy(x => x.Id).ToListAsync();
        var retained = rows.Count > 0 && await AreKeptAsync(context, executionId);
        return [.. rows.Select(row => new ArtifactView(row.Id, row.ExecutionId, row.StepName, row.Name, row.MediaType, row.Size, row.Sha256, UnixMicros.Read(row.CreatedAt), retained))];
    }

    private static async Task<bool> AreKeptAsync(FlowNexusDbContext context, string executionId) =>
        !((Pruned)await context.Executions.Where(x => x.Id == executionId).Select(x => x.Pruned).FirstOrDefaultAsync()).HasFlag(Pruned.Files);
}

/// <param name="Retained">False once retention has deleted the file; what else is said of it stays.</param>
public sealed record ArtifactView(string ArtifactId, string ExecutionId, string StepName, string Name, string MediaType, long Size, string Sha256, DateTimeOffset CreatedAt, bool Retained);
