using System.Text.Json.Nodes;

namespace FlowNexus.Benchmarks.Load;

/// <summary>A workflow to execute and the numbers of clients to do it with.</summary>
internal sealed record Workload(string Name, string What, IReadOnlyList<int> Clients, JsonObject Definition)
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        new("W1", "3 steps in sequence", [1, 32], Sequence("W1", 3, stepDurability: false)),
        new("W1s", "3 steps, a commit each", [1, 32], Sequence("W1s", 3, stepDurability: true)),
        new("W2", "50 steps in parallel, a join", [1], FanOut("W2", 50)),
        new("W3", "100 steps in sequence", [1], Sequence("W3", 100, stepDurability: false)),
        new("W3s", "100 steps, a commit each", [1], Sequence("W3s", 100, stepDurability: true)),
    ];

    private static JsonObject Sequence(string name, int count, bool stepDurability)
    {
        var steps = new JsonArray { Transform("s1", "{{ input.n + 1 }}") };
        for (var i = 2; i <= count; i++) steps.Add(Transform($"s{i}", $"{{{{ steps.s{i - 1}.output.n + 1 }}}}"));
        var definition = new JsonObject { ["name"] = name, ["steps"] = steps };
        if (stepDurability) definition["configuration"] = new JsonObject { ["durability"] = "step" };
        return definition;
    }

    private static JsonObject FanOut(string name, int count)
    {
        var steps = new JsonArray();
        var dependencies = new JsonArray();
        for (var i = 1; i <= count; i++)
        {
            steps.Add(Transform($"p{i}", $"{{{{ input.n + {i} }}}}"));
            dependencies.Add($"p{i}");
        }

        var join = Transform("join", $"{{{{ steps.p1.output.n + steps.p{count}.output.n }}}}");
        join["depends_on"] = dependencies;
        steps.Add(join);
        return new JsonObject
        {
            ["name"] = name,
            ["steps"] = steps,
            ["configuration"] = new JsonObject { ["max_concurrent_steps"] = count },
        };
    }

    private static JsonObject Transform(string name, string expression) => new()
    {
        ["name"] = name,
        ["type"] = "transform",
        ["config"] = new JsonObject { ["set"] = new JsonObject { ["n"] = expression } },
    };
}
