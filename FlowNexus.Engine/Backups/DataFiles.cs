using System.Security.Cryptography;

namespace FlowNexus.Engine.Backups;

/// <summary>The files of a data folder that belong into a backup, beside the database.</summary>
internal static class DataFiles
{
    /// <summary>Where a restore keeps what it replaced, and what it has not finished.</summary>
    public const string ReplacedPrefix = ".before-restore-";
    public const string UnfinishedPrefix = ".restore-";

    private static readonly EnumerationOptions Below = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };

    /// <summary>Absolute paths in order; no links, no locks, nothing half written, no other backups.</summary>
    public static IEnumerable<string> Of(string folder, string besides) =>
        Directory.EnumerateFiles(folder, "*", Below).Where(path => path != besides && Belongs(Path.GetRelativePath(folder, path))).Order(StringComparer.Ordinal);

    public static string ArtifactPath(string id) => $"artifacts/{id[^2..]}/{id}";

    /// <summary>What a restore would have to replace: everything but the lock and folders without files.</summary>
    public static IEnumerable<string> Entries(string folder) => Directory.EnumerateFileSystemEntries(folder)
        .Where(path => Path.GetFileName(path) is not ("flownexus.lock" or "flownexus.pid") && !Path.GetFileName(path).StartsWith('.'))
        .Where(path => !Directory.Exists(path) || Directory.EnumerateFiles(path, "*", Below).Any());

    /// <summary>Copies and hashes in one reading.</summary>
    public static async Task<BackupFile> CopyAsync(Stream from, Stream to, string path, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[128 * 1024];
        var size = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, cancellationToken)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            size += read;
        }

        return new BackupFile(path, size, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static bool Belongs(string relative)
    {
        if (relative.StartsWith(ReplacedPrefix, StringComparison.Ordinal) || relative.StartsWith(UnfinishedPrefix, StringComparison.Ordinal)) return false;
        var name = Path.GetFileName(relative);
        if (relative == name && name.StartsWith("flownexus.", StringComparison.Ordinal)) return false;
        return !name.EndsWith(".writing", StringComparison.Ordinal) && !BackUp.IsBackup(name);
    }
}
