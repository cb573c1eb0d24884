using System.Globalization;
using System.Text.Json.Nodes;

namespace FlowNexus.Benchmarks.Designer;

/// <summary>A workflow of any size with branches and joins, the same each time.</summary>
internal static class LargeWorkflow
{
    private const int Reach = 12;

    public static JsonObject Definition(int steps) => new()
    {
        ["name"] = string.Create(CultureInfo.InvariantCulture, $"A workflow of {steps} steps"),
        ["steps"] = new JsonArray([.. Enumerable.Range(0, steps).Select(Step)]),
    };

    private static JsonObject Step(int i)
    {
        var step = new JsonObject { ["name"] = Name(i), ["type"] = "agent", ["agent_type"] = "researcher", ["retry_attempts"] = i % 3 };
        if (i == 0) return step;
        var before = new JsonArray(Name(Math.Max(0, i - 1 - i * 7919 % Reach)));
        if (i % 4 == 0 && i > 20) before.Add(Name(i - 15));
        step["depends_on"] = before;
        return step;
    }

    private static string Name(int i) => string.Create(CultureInfo.InvariantCulture, $"step_{i}");
}
