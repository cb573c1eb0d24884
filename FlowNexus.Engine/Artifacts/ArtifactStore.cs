using System.Security.Cryptography;
using System.Text;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Artifacts;

/// <summary>Artifact files under the data folder, named by id. The database decides which of them exist.</summary>
public sealed class ArtifactStore(DataFolder folder, TimeProvider time)
{
    /// <summary>Inputs and outputs above this many bytes leave the row.</summary>
    public const int MaxInlineBytes = 256 * 1024;

    /// <summary>Upper bound of one artifact, in bytes.</summary>
    public const long MaxBytes = 2L * 1024 * 1024 * 1024;

    /// <summary>Writes a file and makes it durable; it is nobody's until a transition inserts its row.</summary>
    public async Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var id = NewId.Artifact(time.GetUtcNow());
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.Asynchronous);
            await write(file, cancellationToken);
            await file.FlushAsync(cancellationToken);
            if (file.Length > MaxBytes) throw new ProblemException(ProblemCodes.StepFailed, $"The file {name} has {file.Length} bytes; an artifact may have {MaxBytes}.");
            file.Flush(flushToDisk: true);
            file.Position = 0;
            var hash = await SHA256.HashDataAsync(file, cancellationToken);
            return new ArtifactReference(id, CleanName(name), mediaType, file.Length, Convert.ToHexStringLower(hash));
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Writes a JSON body that is too large for a row.</summary>
    public ArtifactReference WriteBody(string name, string json)
    {
        var id = NewId.Artifact(time.GetUtcNow());
        var path = PathOf(id);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var bytes = Encoding.UTF8.GetBytes(json);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        file.Write(bytes);
        file.Flush(flushToDisk: true);
        return new ArtifactReference(id, CleanName(name), "application/json", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public string ReadBody(string artifactId) => File.ReadAllText(PathOf(artifactId));

    /// <exception cref="ProblemException">ARTIFACT_NOT_FOUND.</exception>
    public Stream Open(string artifactId)
    {
        var path = PathOf(artifactId);
        if (!File.Exists(path)) throw new ProblemException(ProblemCodes.ArtifactNotFound, $"There is no artifact {artifactId}.");
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    public void Delete(string artifactId) => File.Delete(PathOf(artifactId));

    /// <returns>False when it was not there.</returns>
    public bool TryDelete(string artifactId)
    {
        var path = PathOf(artifactId);
        if (!File.Exists(path)) return false;
        File.Delete(path);
        return true;
    }

    /// <summary>Spread over folders by the last two characters, so that no folder grows without bound.</summary>
    private string PathOf(string artifactId)
    {
        if (artifactId.Length < 3 || artifactId.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '_'))
            throw new ProblemException(ProblemCodes.ArtifactNotFound, "There is no such artifact.");
        return Path.Combine(folder.Artifacts, artifactId[^2..], artifactId);
    }

    private static string CleanName(string name)
    {
        var clean = new string([.. Path.GetFileName(name.Replace('\\', '/')).Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))]);
        return clean.Trim() is { Length: > 0 } kept ? kept[..Math.Min(kept.Length, 150)] : "file";
    }
}
