using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlowNexus.Benchmarks.Generate;

/// <summary>A workflow that generated executions ran: a row of steps of the types named.</summary>
/// <param name="Team">What its name begins with; there are few of them, so that searching finds many workflows.</param>
internal sealed record GeneratedWorkflow(int Number, string Team, IReadOnlyList<StepKind> Steps)
{
    private static readonly string[] Teams = ["Billing", "Support", "Research", "Growth", "Logistics", "Security", "Finance", "Platform"];

    public string Id { get; init; } = "";

    /// <summary>Stable ids of the steps, in their order.</summary>
    public IReadOnlyList<string> StepIds { get; init; } = [];

    public string Name => $"{Team} workflow {Number}";

    /// <summary>
    /// Every second workflow has a step done by an agent, every fiftieth waits for 30 days; the others are the size that
    /// makes the number of events an execution has on average.
    /// </summary>
    public static IEnumerable<GeneratedWorkflow> Mix(int count, double eventsPerExecution)
    {
        // Queued, started and ended; a step that is computed has one event, one with an agent five: two more on average.
        var computed = Math.Max(1, eventsPerExecution - 3 - 2);
        for (var number = 0; number < count; number++)
        {
            // Some are longer than others; what fails half-way is made up for.
            var size = (int)Math.Floor(computed + 1.15) + (number % 4 == 3 ? 1 : 0) - (number % 4 == 2 && computed >= 2 ? 1 : 0);
            List<StepKind> steps = [.. Enumerable.Repeat(StepKind.Computed, size)];
            if (number % 50 == 49) steps.Add(StepKind.Delay);
            else if (number % 2 == 1) steps.Insert(size / 2, StepKind.Agent);
            yield return new GeneratedWorkflow(number, Teams[number % Teams.Length], steps);
        }
    }

    public static string StepName(int ordinal) => $"step_{ordinal + 1}";

    public JsonObject Definition() => new()
    {
        ["name"] = Name,
        ["description"] = $"Made for measuring: {Steps.Count} steps.",
        ["metadata"] = new JsonObject { ["team"] = Team },
        ["steps"] = new JsonArray([.. Steps.Select(Step)]),
    };

    public GeneratedWorkflow Created(string id, string stepIds)
    {
        var byName = JsonSerializer.Deserialize<Dictionary<string, string>>(stepIds)!;
        return this with { Id = id, StepIds = [.. Steps.Select((_, ordinal) => byName[StepName(ordinal)])] };
    }

    private static JsonNode Step(StepKind kind, int ordinal)
    {
        var step = new JsonObject { ["name"] = StepName(ordinal) };
        switch (kind)
        {
            case StepKind.Computed:
                step["type"] = "transform";
                step["config"] = new JsonObject { ["set"] = new JsonObject { ["n"] = ordinal } };
                break;
            case StepKind.Delay:
                step["type"] = "delay";
                step["duration"] = "30d";
                break;
            default:
                step["type"] = "agent";
                step["agent_type"] = "analyst";
                step["config"] = new JsonObject { ["skill"] = "profile" };
                break;
        }

        return step;
    }
}

internal enum StepKind
{
    Computed,
    Agent,
    Delay,
}
