using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;

namespace FlowNexus.Tests.Workflows.Drafts;

/// <summary>Documents for the tests of drafts; a step's id is its first name.</summary>
internal static class Documents
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 9, 0, 0, TimeSpan.Zero);

    public static DraftDocument Of(string definition)
    {
        var source = (JsonObject)JsonNode.Parse(definition)!;
        var ids = (source["steps"] as JsonArray ?? []).OfType<JsonObject>().Select(step => (string)step["name"]!).Distinct().ToDictionary(name => name);
        return DraftDocument.Of(source, ids, Now);
    }

    public static string Json(this DraftDocument document) => CanonicalJson.Write(document.Definition());

    public static string Json(this DraftDocument document, string id) => document.TryGet(id)!.Text;
}
