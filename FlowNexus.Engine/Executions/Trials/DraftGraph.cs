using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>Who follows whom in a definition that may not be valid yet: what cannot be read counts as absent.</summary>
internal static class DraftGraph
{
    public static WorkflowGraph Of(JsonObject definition) => WorkflowGraph.Of(new WorkflowDefinition
    {
        Name = Text(definition["name"]) ?? "",
        Steps = [.. (definition["steps"] as JsonArray ?? []).OfType<JsonObject>().Select(Step)],
        Source = definition,
    });

    /// <summary>Names of the steps that come before one, the nearest first.</summary>
    public static IReadOnlyList<string> Before(WorkflowGraph graph, int step)
    {
        List<int> found = [];
        var next = new Queue<int>([step]);
        while (next.TryDequeue(out var current))
        {
            foreach (var from in graph.Incoming(current).Select(edge => edge.From))
            {
                if (from == step || found.Contains(from)) continue;
                found.Add(from);
                next.Enqueue(from);
            }
        }

        return [.. found.Select(index => graph.Steps[index].Name)];
    }

    private static StepDefinition Step(JsonObject source) => new()
    {
        Name = Text(source["name"]) ?? "",
        Type = Text(source["type"]) ?? "agent",
        DependsOn = source["depends_on"] is JsonArray names ? [.. names.Select(Text).OfType<string>()] : null,
        Path = Text(source["path"]),
        OnError = Text(source["on_error"]),
        Conditions = [.. List(source, "conditions").OfType<JsonObject>().Select(branch => new BranchDefinition("", Text(branch["then"]) ?? "", Text(branch["else"])))],
        Switch = new SwitchDefinition([.. List(source, "cases").OfType<JsonObject>().Select(one => new CaseDefinition(CaseMatch.If, null, null, null, Targets(one["then"])))], Targets(Setting(source, "default")), false),
        Source = source,
    };

    private static JsonArray List(JsonObject source, string name) => Setting(source, name) as JsonArray ?? [];

    private static JsonNode? Setting(JsonObject source, string name) => (source["config"] as JsonObject)?[name] ?? source[name];

    private static string[] Targets(JsonNode? node) => [.. (node is JsonArray several ? several.Select(Text) : [Text(node)]).OfType<string>()];

    private static string? Text(JsonNode? node) => node is JsonValue && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>().Trim() : null;
}
