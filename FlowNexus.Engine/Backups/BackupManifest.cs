using System.Text.Json;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Backups;

/// <summary>What a backup says of itself: the file <c>manifest.json</c> of its archive.</summary>
/// <param name="Format">Of the archive; 1.</param>
/// <param name="Version">FlowNexus that made it.</param>
/// <param name="CreatedAt">When the copy of the database was begun, UTC.</param>
/// <param name="Files">Every other file of the archive.</param>
public sealed record BackupManifest(int Format, string Version, DateTimeOffset CreatedAt, DatabaseFacts Database, IReadOnlyList<BackupFile> Files)
{
    public const int CurrentFormat = 1;
    public const string FileName = "manifest.json";
    public const string DatabaseName = "flownexus.db";

    public string ToJson() => JsonSerializer.Serialize(this, ProblemJson.Options);

    /// <exception cref="BackupException">It is none that this version reads.</exception>
    public static BackupManifest Read(string json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(json, ProblemJson.Options);
            if (manifest is { Format: CurrentFormat, Database: not null, Files: not null }) return manifest;
            throw new BackupException($"The backup has format {manifest?.Format}; this FlowNexus reads format {CurrentFormat}. Restore it with the version that made it: {manifest?.Version}.");
        }
        catch (JsonException failure)
        {
            throw new BackupException($"The backup's {FileName} is damaged: {failure.Message} Use another backup.", failure);
        }
    }
}

/// <param name="Path">Below the data folder, with slashes.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal.</param>
public sealed record BackupFile(string Path, long Size, string Sha256);

/// <summary>What a database holds.</summary>
/// <param name="Schema">Its last migration.</param>
/// <param name="Rows">By table.</param>
/// <param name="Streams">Event streams, each with a chain that was verified from end to end.</param>
/// <param name="LastEvent">Null in a database without events.</param>
/// <param name="MissingArtifacts">Files that the database names and that are not there: lost before, or deleted by retention while the backup ran.</param>
public sealed record DatabaseFacts(string Schema, IReadOnlyDictionary<string, long> Rows, long Streams, LastEvent? LastEvent, long MissingArtifacts);

/// <summary>The last event by position, and its hash in lower-case hexadecimal.</summary>
public sealed record LastEvent(long Position, string Stream, long Seq, string Hash);
