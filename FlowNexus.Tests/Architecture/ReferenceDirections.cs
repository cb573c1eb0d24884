using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Architecture;

/// <summary>What the compiled engine refers to. Hosting, logging and options come with the same framework as the web server, so that projects alone cannot keep it out.</summary>
public sealed class ReferenceDirections
{
    private static readonly string[] Doors = ["FlowNexus.Web", "Microsoft.AspNetCore", "MudBlazor", "Microsoft.JSInterop", "ModelContextProtocol"];

    /// <summary>Types of ASP.NET Core that are no server: each with its reason.</summary>
    private static readonly string[] Allowed =
    [
        // Encrypts secrets; has nothing to do with HTTP.
        "Microsoft.AspNetCore.DataProtection",
    ];

    [Fact]
    public void Engine_KnowsNoDoor()
    {
        var wrong = ReferencedTypes(typeof(WorkflowDefinition).Assembly.Location)
            .Where(type => Doors.Any(door => Belongs(type, door)) && !Allowed.Any(allowed => Belongs(type, allowed)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void ReferencedTypes_SeesWhatTheEngineUses() =>
        Assert.Contains("System.Text.Json.Nodes.JsonNode", ReferencedTypes(typeof(WorkflowDefinition).Assembly.Location));

    [Fact]
    public void Engine_ReferencesNoProjectOfOurs() =>
        Assert.DoesNotContain(typeof(WorkflowDefinition).Assembly.GetReferencedAssemblies(), name => name.Name!.StartsWith("FlowNexus.", StringComparison.Ordinal));

    private static bool Belongs(string type, string space) => type.StartsWith(space + ".", StringComparison.Ordinal);

    private static List<string> ReferencedTypes(string assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
