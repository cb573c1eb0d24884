namespace FlowNexus.Engine.Artifacts;

/// <summary>A file that a step produced, as outputs and APIs speak of it.</summary>
/// <param name="ArtifactId"><c>artifact_…</c></param>
/// <param name="Name">File name with its extension; no folders.</param>
/// <param name="MediaType">RFC 6838 media type.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Sha256">Lower-case hexadecimal digest of the bytes.</param>
public sealed record ArtifactReference(string ArtifactId, string Name, string MediaType, long Size, string Sha256);
