using System.Globalization;
using System.IO.Compression;
using FlowNexus.Engine.Cluster;

namespace FlowNexus.Engine.Backups;

/// <summary>Where a backup went and what is in it.</summary>
/// <param name="Size">Of the archive, in bytes.</param>
public sealed record MadeBackup(string Path, long Size, BackupManifest Manifest);

/// <summary>Makes one verified archive of a data folder, whether or not a server runs on it.</summary>
public sealed class BackUp(TimeProvider time)
{
    private const string Unfinished = ".unfinished";

    /// <param name="to">The archive, or an existing folder that it goes into under a name with the time.</param>
    /// <exception cref="BackupException">There is no database, it is damaged, or the archive exists or cannot be written.</exception>
    public async Task<MadeBackup> RunAsync(string dataFolder, string to, CancellationToken cancellationToken)
    {
        var database = Path.Combine(dataFolder, BackupManifest.DatabaseName);
        if (!File.Exists(database)) throw new BackupException($"There is no database in {dataFolder}. Name the server's data folder: --FlowNexus:DataFolder=PATH.");
        var now = time.GetUtcNow();
        var target = Path.GetFullPath(to);
        if (Directory.Exists(target)) target = Path.Combine(target, string.Create(CultureInfo.InvariantCulture, $"flownexus-{now:yyyyMMdd'T'HHmmss'Z'}.zip"));
        if (File.Exists(target)) throw new BackupException($"{target} exists. Name another file, or a folder.");
        var (archive, copy) = (target + Unfinished, target + ".database" + Unfinished);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            var manifest = await WriteAsync(dataFolder, database, archive, copy, now, cancellationToken);
            File.Move(archive, target);
            return new MadeBackup(target, new FileInfo(target).Length, manifest);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup could not be written: {failure.Message}", failure);
        }
        finally
        {
            File.Delete(archive);
            File.Delete(copy);
        }
    }

    public static bool IsBackup(string fileName) =>
        fileName.EndsWith(Unfinished, StringComparison.Ordinal) || (fileName.StartsWith("flownexus-", StringComparison.Ordinal) && fileName.EndsWith("Z.zip", StringComparison.Ordinal));

    private static async Task<BackupManifest> WriteAsync(string dataFolder, string database, string archive, string copy, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // The database first: whatever file it names was complete before the commit that named it.
        var copied = DatabaseCopy.Of(database, copy);
        List<BackupFile> files = [];
        await using var file = new FileStream(archive, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
        BackupManifest manifest;
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken))
        {
            foreach (var path in DataFiles.Of(dataFolder, archive))
                if (await TryAddAsync(zip, path, Path.GetRelativePath(dataFolder, path).Replace('\\', '/'), cancellationToken) is { } added) files.Add(added);
            var present = files.Select(one => one.Path).ToHashSet(StringComparer.Ordinal);
            var facts = copied.Verify(id => present.Contains(DataFiles.ArtifactPath(id)));
            if (await TryAddAsync(zip, copy, BackupManifest.DatabaseName, cancellationToken) is { } snapshot) files.Add(snapshot);
            manifest = new BackupManifest(BackupManifest.CurrentFormat, ThisNode.Version, now, facts, files);
            await using var entry = await zip.CreateEntry(BackupManifest.FileName).OpenAsync(cancellationToken);
            await using var text = new StreamWriter(entry);
            await text.WriteAsync(manifest.ToJson().AsMemory(), cancellationToken);
        }

        await file.FlushAsync(cancellationToken);
        file.Flush(flushToDisk: true);
        return manifest;
    }

    /// <returns>Null for a file that went away meanwhile; those that the database misses are counted.</returns>
    private static async Task<BackupFile?> TryAddAsync(ZipArchive zip, string path, string name, CancellationToken cancellationToken)
    {
        FileStream from;
        try
        {
            from = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        await using (from)
        {
            await using var to = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(cancellationToken);
            return await DataFiles.CopyAsync(from, to, name, cancellationToken);
        }
    }
}
