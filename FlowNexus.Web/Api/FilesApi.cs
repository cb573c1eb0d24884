using System.Net.Mime;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Files;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace FlowNexus.Web.Api;

/// <summary>Files of the file space: upload, list, download, delete.</summary>
internal static class FilesApi
{
    public static void MapFiles(this RouteGroupBuilder api)
    {
        var files = api.MapGroup("/files").WithTags("Files");
        files.MapPost("/", UploadAsync).WithSummary("Upload a file: its bytes as the body with ?path=, or multipart/form-data, where ?path= is the folder of several").Accepts<IFormFile>("multipart/form-data", "*/*").Produces<UploadAnswer>(201);
        files.MapGet("/", (HttpContext context, KeepFiles keep, string? prefix, string? limit, string? offset) =>
            TypedResults.Ok(keep.Find(context.Principal(), prefix, Query.Whole("limit", limit), Query.Whole("offset", offset)))).WithSummary("List files by the start of their path");
        files.MapGet("/{**path}", Download).WithSummary("Download a file");
        files.MapDelete("/{**path}", DeleteAsync).WithSummary("Delete a file");
    }

    private static async Task<Created<UploadAnswer>> UploadAsync(HttpContext context, KeepFiles keep, string? path)
    {
        var principal = context.Principal();
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = FileSpace.MaxFileBytes + (1024 * 1024);
        if (context.Request.ContentLength > FileSpace.MaxFileBytes + (1024 * 1024))
            throw new ProblemException(ProblemCodes.InvalidRequest, $"The body has {context.Request.ContentLength:N0} bytes; a file has at most {FileSpace.MaxFileBytes:N0}. Split it.");
        List<SpaceFile> kept = [];
        if (MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            await PartsAsync(context, type, keep, principal, path, kept);
        else if (string.IsNullOrEmpty(path))
            throw new ProblemException(new Problem(ProblemCodes.InvalidRequest, "Say where the file goes: ?path=/data/training/customers.csv.") { Details = [new ProblemDetail("/path", "required", "path is required with a raw body.")] });
        else
            kept.Add(await keep.UploadAsync(principal, path, context.Request.Body, context.RequestAborted));
        return TypedResults.Created($"/api/v1/files{kept[0].Path}", new UploadAnswer(kept));
    }

    /// <summary>Each part goes from the wire to its file; nothing is held in memory.</summary>
    private static async Task PartsAsync(HttpContext context, MediaTypeHeaderValue type, KeepFiles keep, Principal principal, string? folder, List<SpaceFile> kept)
    {
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary)) throw new ProblemException(ProblemCodes.InvalidRequest, "multipart/form-data needs a boundary in its Content-Type.");
        var reader = new MultipartReader(boundary, context.Request.Body);
        while (await reader.ReadNextSectionAsync(context.RequestAborted) is { } section)
        {
            if (section.AsFileSection() is not { FileStream: { } content } file) continue;
            var name = file.FileName;
            if (name.Length == 0) throw new ProblemException(ProblemCodes.InvalidRequest, $"The part \"{file.Name}\" has no filename.");
            kept.Add(await keep.UploadAsync(principal, $"{folder?.TrimEnd('/')}/{name}", content, context.RequestAborted));
        }

        if (kept.Count == 0) throw new ProblemException(ProblemCodes.InvalidRequest, "No part of the form is a file. Send one with a filename.");
    }

    /// <summary>Always an attachment that no browser sniffs or runs.</summary>
    private static FileStreamHttpResult Download(HttpContext context, KeepFiles keep, string path)
    {
        var content = keep.Open(context.Principal(), path);
        context.Response.Headers.XContentTypeOptions = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        return TypedResults.Stream(content, MediaTypeNames.Application.Octet, Path.GetFileName(path), enableRangeProcessing: true);
    }

    private static async Task<NoContent> DeleteAsync(HttpContext context, KeepFiles keep, string path)
    {
        await keep.DeleteAsync(context.Principal(), path);
        return TypedResults.NoContent();
    }

    internal sealed record UploadAnswer(IReadOnlyList<SpaceFile> Files)
    {
        public bool Success { get; } = true;
    }
}
