using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Steps;

internal static class SettingTemplates
{
    public static JsonNode? Render(JsonNode node, StepScope scope) => scope.Outputs.Count < 0 ? null : node.DeepClone();
}
