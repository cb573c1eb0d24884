using System.Globalization;
using System.IO.Compression;
using FlowNexus.Engine.Hosting;

namespace FlowNexus.Engine.Backups;

/// <param name="Replaced">Where what was in the folder is now; null when it was empty.</param>
public sealed record RestoredBackup(BackupManifest Manifest, string? Replaced);

/// <summary>Puts a backup into a data folder. Nothing of the folder is touched before everything is unpacked beside it and verified.</summary>
public sealed class Restore(TimeProvider time)
{
    /// <param name="replace">A folder that holds data is moved aside instead of refused.</param>
    /// <exception cref="BackupException">The backup is damaged or of a newer version, or the folder holds data.</exception>
    /// <exception cref="StartException">A server runs on the folder.</exception>
    public async Task<RestoredBackup> RunAsync(string from, string dataFolder, bool replace, CancellationToken cancellationToken)
    {
        if (!File.Exists(from)) throw new BackupException($"There is no file {Path.GetFullPath(from)}.");
        var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var folder = DataFolder.Open(dataFolder, dataFolder);
        var present = DataFiles.Entries(folder.Root).ToList();
        if (present.Count > 0 && !replace)
            throw new BackupException($"The data folder {folder.Root} is not empty ({string.Join(", ", present.Take(5).Select(Path.GetFileName))}). Name an empty one: --FlowNexus:DataFolder=PATH, or say --replace, which keeps what is there in a folder beside it.");
        var unpacked = Path.Combine(folder.Root, DataFiles.UnfinishedPrefix + stamp);
        try
        {
            var manifest = await UnpackAsync(from, unpacked, cancellationToken);
            Verify(manifest, unpacked);
            return new RestoredBackup(manifest, MoveIn(folder.Root, present, unpacked, stamp));
        }
        catch (InvalidDataException failure)
        {
            throw new BackupException($"{from} is damaged or no backup: {failure.Message} Use another one.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new BackupException($"The backup could not be restored: {failure.Message}", failure);
        }
        finally
        {
            if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        }
    }

    private static async Task<BackupManifest> UnpackAsync(string from, string to, CancellationToken cancellationToken)
    {
        await using var zip = await ZipFile.OpenReadAsync(from, cancellationToken);
        var manifest = BackupManifest.Read(await TextAsync(zip, cancellationToken));
        var unknown = zip.Entries.Select(entry => entry.FullName).Except(manifest.Files.Select(file => file.Path).Append(BackupManifest.FileName), StringComparer.Ordinal).FirstOrDefault();
        if (unknown is not null) throw new BackupException($"The backup holds {unknown}, which its {BackupManifest.FileName} does not name. Somebody changed it; use another one.");
        foreach (var expected in manifest.Files)
        {
            var path = Inside(to, expected.Path);
            var entry = zip.GetEntry(expected.Path) ?? throw new BackupException($"The backup lacks {expected.Path}. Use another one.");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var content = await entry.OpenAsync(cancellationToken);
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 128 * 1024, FileOptions.Asynchronous);
            if (await DataFiles.CopyAsync(content, file, expected.Path, cancellationToken) != expected)
                throw new BackupException($"{expected.Path} in the backup is not what was backed up: its SHA-256 differs. Use another backup.");
            await file.FlushAsync(cancellationToken);
            file.Flush(flushToDisk: true);
        }

        return manifest;
    }

    private static async Task<string> TextAsync(ZipArchive zip, CancellationToken cancellationToken)
    {
        var entry = zip.GetEntry(BackupManifest.FileName) ?? throw new BackupException($"It is no backup of FlowNexus: {BackupManifest.FileName} is missing.");
        using var reader = new StreamReader(await entry.OpenAsync(cancellationToken));
        return await reader.ReadToEndAsync(cancellationToken);
    }

    private static string Inside(string folder, string relative)
    {
        var path = Path.GetFullPath(relative, folder);
        if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)) throw new BackupException($"The backup names a file outside the data folder: {relative}. It is not one of ours.");
        return path;
    }

    private static void Verify(BackupManifest manifest, string unpacked)
    {
        var found = new DatabaseCopy(Path.Combine(unpacked, BackupManifest.DatabaseName)).Verify(id => File.Exists(Path.Combine(unpacked, DataFiles.ArtifactPath(id))));
        var told = manifest.Database;
        if (found with { Rows = told.Rows } != told || !found.Rows.OrderBy(row => row.Key, StringComparer.Ordinal).SequenceEqual(told.Rows.OrderBy(row => row.Key, StringComparer.Ordinal)))
            throw new BackupException("The database in the backup does not hold what its manifest says. Use another backup.");
    }

    /// <summary>The database comes last: a restore that is cut short leaves a folder without one, not one that starts with half of its files.</summary>
    private static string? MoveIn(string root, List<string> present, string unpacked, string stamp)
    {
        var aside = present.Count == 0 ? null : Path.Combine(root, DataFiles.ReplacedPrefix + stamp);
        if (aside is not null) Directory.CreateDirectory(aside);
        foreach (var path in present) Directory.Move(path, Path.Combine(aside!, Path.GetFileName(path)));
        foreach (var path in Directory.EnumerateFileSystemEntries(unpacked).OrderBy(path => Path.GetFileName(path) == BackupManifest.DatabaseName).ToList())
        {
            var target = Path.Combine(root, Path.GetFileName(path));
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true); // Without files, or it would have been moved.
            Directory.Move(path, target);
        }

        return aside;
    }
}
