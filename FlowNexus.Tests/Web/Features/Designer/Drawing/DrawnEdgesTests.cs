using System.Globalization;
using System.Text.Json.Nodes;
using CsCheck;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Architecture;
using FlowNexus.Tests.Workflows;
using FlowNexus.Web.Features.Designer.Drawing;

namespace FlowNexus.Tests.Web.Features.Designer.Drawing;

/// <summary>What is drawn is what is run.</summary>
public sealed class DrawnEdgesTests
{
    private static readonly string[] Paths = ["left", "right"];

    private static readonly Gen<(int Kind, int Waits, int To, int Else, int Path, int Handler)> Dice =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 7], Gen.Int[0, 9], Gen.Int[0, 9], Gen.Int[0, 4], Gen.Int[0, 9]);

    [Fact]
    public void Edges_OfAnyValidWorkflow_AreTheEngines()
    {
        var compared = 0;
        Gen.Select(Gen.Bool, Dice.Array[1, 8]).Sample(
            (listed, dice) =>
            {
                var steps = new JsonArray([.. dice.Select((one, i) => (JsonNode)Step(i, dice.Length, one, listed))]);
                if (Catalogues.Read(new JsonObject { ["name"] = "Drawn", ["steps"] = steps }.ToJsonString()).Definition is not { } definition) return true;
                Interlocked.Increment(ref compared);
                return Drawn(definition).SetEquals(Run(definition));
            },
            iter: 3_000);
        Assert.True(compared > 500, $"Only {compared} of the workflows were valid.");
    }

    [Theory]
    [InlineData("data-processing-pipeline")]
    [InlineData("ai-model-training-pipeline")]
    [InlineData("smart-data-processing")]
    [InlineData("resilient-processing-pipeline")]
    public async Task Edges_OfTheContractsExamples_AreTheEngines(string file)
    {
        var json = await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "FlowNexus.Tests", "Workflows", "Spec", file + ".json"), TestContext.Current.CancellationToken);
        var definition = Catalogues.Read(json).Definition;
        Assert.NotNull(definition);
        Assert.Equal(Run(definition).Order(), Drawn(definition).Order());
    }

    private static HashSet<string> Run(WorkflowDefinition definition)
    {
        var graph = WorkflowGraph.Of(definition);
        return [.. Enumerable.Range(0, graph.Steps.Count).SelectMany(to => graph.Incoming(to).Select(edge => $"{graph.Steps[edge.From].Name} {Word(edge.Kind)} {graph.Steps[to].Name}"))];
    }

    private static HashSet<string> Drawn(WorkflowDefinition definition)
    {
        var graph = WorkflowDrawing.Of(DrawnWorkflow.Of(definition, new Dictionary<string, string>()), Catalogues.All);
        return [.. graph.Edges.Where(edge => edge.Kind != "trigger").Select(edge => $"{edge.From} {edge.Kind} {edge.To}")];
    }

    private static string Word(EdgeKind kind) => kind switch { EdgeKind.Gate => "branch", EdgeKind.Error => "error", _ => "flow" };

    private static JsonObject Step(int index, int count, (int Kind, int Waits, int To, int Else, int Path, int Handler) dice, bool listed)
    {
        var step = new JsonObject { ["name"] = Name(index), ["type"] = "transform", ["value"] = 1 };
        if (dice.Kind is 7 or 8)
        {
            step = new JsonObject { ["name"] = Name(index), ["type"] = "conditional", ["conditions"] = new JsonArray(new JsonObject { ["if"] = "input.a > 1", ["then"] = Target(dice.To), ["else"] = Target(dice.Else) }) };
        }
        else if (dice.Kind == 9)
        {
            step = new JsonObject { ["name"] = Name(index), ["type"] = "switch", ["config"] = new JsonObject { ["value"] = "input.a", ["cases"] = new JsonArray(new JsonObject { ["equals"] = 1, ["then"] = new JsonArray(Target(dice.To), Target(dice.Else)) }), ["default"] = Target(dice.Waits) } };
        }

        if (!listed && index > 0 && dice.Waits > 0) step["depends_on"] = new JsonArray([.. Enumerable.Range(0, Math.Min(index, 3)).Where(bit => (dice.Waits & (1 << bit)) != 0).Select(bit => (JsonNode)Name(index - 1 - bit))]);
        if (dice.Path < Paths.Length) step["path"] = Paths[dice.Path];
        if (dice.Handler > index && dice.Handler < count && dice.Handler % 2 == 0) step["on_error"] = Name(dice.Handler);
        return step;
    }

    private static string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"step_{index}");

    private static JsonNode Target(int to) => to < 8 ? Name(to) : Paths[to - 8];
}
