using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Extraction;

/// <summary>One place to read from.</summary>
/// <param name="Kind"><c>dataset</c>, <c>url</c> or <c>file</c>.</param>
/// <param name="Location">Its name, address or path.</param>
/// <param name="Format"><c>csv</c> or <c>json</c>; null tells by the content.</param>
public sealed record Source(string Kind, string Location, string? Format);

/// <summary>What was read from a source.</summary>
public sealed record SourceTable(Source Source, Table Table, long BytesRead)
{
    /// <summary>The source for people: never with an address's query, which may hold keys.</summary>
    public string Label => Source.Kind == "url" && Uri.TryCreate(Source.Location, UriKind.Absolute, out var address)
        ? address.GetLeftPart(UriPartial.Path)
        : Source.Location;
}
