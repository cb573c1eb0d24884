using FlowNexus.Engine.Access;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Files;

/// <summary>Uploads, lists, reads and deletes files of the file space; changes are in the audit stream <c>files</c>.</summary>
public sealed class KeepFiles(FileSpace files, EngineDatabase database, TimeProvider time)
{
    private const string Stream = "files";

    /// <exception cref="ProblemException">INVALID_INPUT_DATA: the path leads out, or the file is too large; FORBIDDEN.</exception>
    public async Task<SpaceFile> UploadAsync(Principal principal, string path, System.IO.Stream content, CancellationToken cancellationToken)
    {
        principal.Demand(Permission.Run);
        var file = await files.WriteAsync(path, content, cancellationToken);
        await TellAsync(principal, "file_uploaded", new { path = file.Path, size = file.Size });
        return file;
    }

    /// <param name="prefix">Start of the paths, such as <c>/data/training/</c>; null lists all.</param>
    /// <exception cref="ProblemException">INVALID_REQUEST; FORBIDDEN.</exception>
    public FoundFiles Find(Principal principal, string? prefix, int? limit, int? offset)
    {
        principal.Demand(Permission.Read);
        var page = Page.Of(limit, offset);
        var wanted = "/" + (prefix ?? "").TrimStart('/');
        var found = files.List().Where(file => file.Path.StartsWith(wanted, StringComparison.Ordinal)).ToList();
        var rows = found.Skip(page.Offset).Take(page.Limit).ToList();
        return new FoundFiles(rows, found.Count, page.Offset + rows.Count < found.Count);
    }

    /// <exception cref="ProblemException">NOT_FOUND; INVALID_INPUT_DATA; FORBIDDEN.</exception>
    public System.IO.Stream Open(Principal principal, string path)
    {
        principal.Demand(Permission.Read);
        return files.OpenRead(path);
    }

    /// <exception cref="ProblemException">NOT_FOUND; INVALID_INPUT_DATA; FORBIDDEN.</exception>
    public async Task DeleteAsync(Principal principal, string path)
    {
        principal.Demand(Permission.Write);
        var known = FileSpace.Normalise(path);
        if (!files.Exists(known)) throw new ProblemException(ProblemCodes.NotFound, $"There is no file '{known}' in the file space.");
        files.Delete(known);
        await TellAsync(principal, "file_deleted", new { path = known });
    }

    private Task TellAsync(Principal principal, string type, object details)
    {
        var now = time.GetUtcNow();
        var transition = new Transition();
        transition.Tell(new EventRow
        {
            Stream = Stream,
            EventId = NewId.Event(now),
            Type = type,
            At = UnixMicros.Of(now),
            UserId = principal.UserId,
            Payload = System.Text.Json.JsonSerializer.Serialize(details, ProblemJson.Options),
        });
        return database.Journal.CommitAsync(transition);
    }
}

/// <summary>One page of files, in order of their paths.</summary>
public sealed record FoundFiles(IReadOnlyList<SpaceFile> Files, int TotalCount, bool HasMore)
{
    public bool Success { get; } = true;
}
