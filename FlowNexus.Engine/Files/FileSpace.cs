using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Files;

/// <summary>One file of the space.</summary>
/// <param name="Path">From the root, with slashes: <c>/data/training/a.csv</c>.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">UTC.</param>
public sealed record SpaceFile(string Path, long Size, DateTimeOffset ModifiedAt);

/// <summary>
/// FlowNexus's own file space under <c>files/</c> of the data folder. Its paths are absolute inside it and never the
/// host's: <c>/data/training/a.csv</c> is <c>files/data/training/a.csv</c>. Nothing leads out of it: no <c>..</c>, no links.
/// </summary>
public sealed class FileSpace(string dataFolder)
{
    /// <summary>Largest file, in bytes.</summary>
    public const long MaxFileBytes = 1024L * 1024 * 1024;

    private const int MaxPathLength = 1000;
    private const int MaxNameBytes = 200;

    private readonly string _root = Path.GetFullPath(Path.Combine(dataFolder, "files"));

    /// <summary>The path in its one spelling: a leading slash, no empty parts.</summary>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: leads out, or cannot be a file name.</exception>
    public static string Normalise(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToList();
        if (path.Length > MaxPathLength || parts.Count == 0)
            throw Refused(path, parts.Count == 0 ? "it names no file" : $"it is longer than {MaxPathLength} characters");
        foreach (var part in parts)
        {
            if (part == "..")
                throw Refused(path, "'..' is not allowed");
            if (part.Any(letter => char.IsControl(letter) || letter is '\\' or ':') || System.Text.Encoding.UTF8.GetByteCount(part) > MaxNameBytes)
                throw Refused(path, $"'{part}' cannot be a file name here (no control characters, backslashes or colons, at most {MaxNameBytes} bytes)");
        }
        return "/" + string.Join('/', parts);
    }

    public bool Exists(string path) => File.Exists(Locate(path));

    /// <exception cref="ProblemException">NOT_FOUND, with what lies in the same folder.</exception>
    public Stream OpenRead(string path)
    {
        var location = Locate(path);
        if (!File.Exists(location))
            throw new ProblemException(ProblemCodes.NotFound, $"There is no file '{Normalise(path)}' in the file space.{Neighbours(location)}");
        return new FileStream(location, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    /// <summary>Writes a file whole: readers see the old one or the new one, never a part.</summary>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: larger than <paramref name="maxBytes"/>.</exception>
    public async Task<SpaceFile> WriteAsync(string path, Stream content, CancellationToken cancellationToken, long maxBytes = MaxFileBytes)
    {
        var location = Locate(path);
        Directory.CreateDirectory(Path.GetDirectoryName(location)!);
        var unfinished = Path.Combine(Path.GetDirectoryName(location)!, $".{Path.GetRandomFileName()}.writing");
        try
        {
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 64 * 1024, FileOptions.Asynchronous))
            {
                await CopyAsync(content, file, path, maxBytes, cancellationToken);
                await file.FlushAsync(cancellationToken);
                file.Flush(flushToDisk: true);
            }
            File.Move(unfinished, location, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
        return Describe(location);
    }

    public void Delete(string path) => File.Delete(Locate(path));

    /// <summary>Files below a folder, in order of their paths; unfinished writes are not listed.</summary>
    public IReadOnlyList<SpaceFile> List(string folder = "/")
    {
        var location = folder.Trim('/').Length == 0 ? _root : Locate(folder);
        if (!Directory.Exists(location))
            return [];
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Device };
        return [.. Directory.EnumerateFiles(location, "*", options)
            .Where(file => !file.EndsWith(".writing", StringComparison.Ordinal))
            .Select(Describe)
            .OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private static async Task CopyAsync(Stream content, FileStream file, string path, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var written = 0L;
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if ((written += read) > maxBytes)
                throw new ProblemException(ProblemCodes.InvalidInputData, $"'{path}' is larger than the {maxBytes:N0} bytes a file may have.");
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
    }

    private static ProblemException Refused(string path, string why)
    {
        var message = $"'{path}' is not a path of the file space: {why}. Paths look like /data/training/customers.csv.";
        return new ProblemException(new Problem(ProblemCodes.InvalidInputData, message) { Details = [new ProblemDetail("", "path", message)] });
    }

    /// <summary>A link anywhere on the way would lead out, so none is followed.</summary>
    private string Locate(string path)
    {
        var location = _root;
        foreach (var part in Normalise(path).Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            location = Path.Combine(location, part);
            if (new FileInfo(location) is { LinkTarget: not null })
                throw Refused(path, $"'{part}' is a link");
        }
        return location;
    }

    private SpaceFile Describe(string location)
    {
        var file = new FileInfo(location);
        return new SpaceFile("/" + Path.GetRelativePath(_root, location).Replace('\\', '/'), file.Length, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero));
    }

    private static string Neighbours(string location)
    {
        var folder = Path.GetDirectoryName(location)!;
        var names = Directory.Exists(folder) ? Directory.EnumerateFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal).Take(10).ToList() : [];
        return names.Count == 0 ? $" Its folder {(Directory.Exists(folder) ? "is empty" : "does not exist")}; upload the file first." : $" Its folder holds: {string.Join(", ", names)}.";
    }
}
