using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions.Families;

public sealed class ForEachTests
{
    [Fact]
    public async Task Results_ComeInTheOrderOfTheItems()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync("""{"name":"square","steps":[{"name":"d","type":"transform","value":"{{ input.item * input.item }}"}]}""");
        var id = await engine.RunAsync("""
            {"name":"loops","steps":[
              {"name":"pure","type":"for_each","items":"input.list","step":{"type":"transform","value":"{{ item * 10 + index }}"}},
              {"name":"range","type":"for_each","items":{"from":1,"to":"{{ input.n }}"},"step":{"type":"transform","set":{"i":"{{ item }}"}}},
              {"name":"nothing","type":"for_each","items":[],"step":{"type":"transform","value":1}},
              {"name":"children","type":"for_each","items":[3,4],"workflow":"square"},
              {"name":"sum","type":"transform","set":{"a":"{{ steps.pure.output.results }}","b":"{{ steps.range.output.count }}","c":"{{ steps.nothing.output.count }}","d":"{{ steps.children.output.results }}"}}]}
            """, """{"list":[5,6,7],"n":3}""");
        Assert.Equal("""{"a":[50,61,72],"b":3,"c":0,"d":[{"d":9},{"d":16}]}""", (await engine.StatusAsync(id)).Execution.Output!["sum"]!.ToJsonString());
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Theory]
    [InlineData("continue", """{"results":[1,null,3],"count":3,"succeeded":2,"failed":1}""")]
    [InlineData("collect", """{"results":[1,null,3],"count":3,"succeeded":2,"failed":1,"errors":[{"index":1,""")]
    public async Task ItemThatFails_IsCountedWhenTheLoopGoesOn(string mode, string expected)
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync($$$"""{"name":"w","steps":[{"name":"l","type":"for_each","on_item_error":"{{{mode}}}","items":[{"a":1},{},{"a":3}],"step":{"type":"transform","value":"{{ item.a }}"}}]}""");
        Assert.StartsWith(expected, (await engine.StatusAsync(id)).Execution.Output!["l"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_AreListedInOrder_PageByPage_AndByStatus()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync("""{"name":"w","steps":[{"name":"l","type":"for_each","on_item_error":"continue","items":[{"a":1},{},{"a":3},{"a":4}],"step":{"type":"transform","value":"{{ item.a }}"}}]}""");
        var find = engine.Get<FindItems>();
        var all = await find.RunAsync(Principal.LocalOwner, new ItemFilter(id, "l") { Limit = 3 });
        Assert.Equal((4, 3, 1, 2), (all.Total, all.Succeeded, all.Failed, all.NextCursor));
        Assert.Equal([(0, "completed", "1"), (1, "failed", null), (2, "completed", "3")], all.Items.Select(item => (item.Index, item.Status, item.Output?.ToJsonString())));
        Assert.Equal(ProblemCodes.ExpressionUnresolved, all.Items[1].Error!.Code);
        var rest = await find.RunAsync(Principal.LocalOwner, new ItemFilter(id, "l") { Limit = 3, Cursor = all.NextCursor });
        Assert.Equal((3, (int?)null), (Assert.Single(rest.Items).Index, rest.NextCursor));
        Assert.Equal(1, Assert.Single((await find.RunAsync(Principal.LocalOwner, new ItemFilter(id, "l") { Status = "failed" })).Items).Index);
        var unknown = await Assert.ThrowsAsync<ProblemException>(() => find.RunAsync(Principal.LocalOwner, new ItemFilter(id, "m")));
        Assert.Equal(ProblemCodes.NotFound, unknown.Problem.Code);
    }

    [Fact]
    public async Task Items_UnderWay_NameTheExecutionThatDoesThem()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.SaveAsync("""{"name":"waits","steps":[{"name":"x","type":"wait_for_signal"}]}""");
        var id = await engine.BeginAsync("""{"name":"w","steps":[{"name":"l","type":"for_each","items":[1,2],"concurrency":1,"workflow":"waits"}]}""");
        // The child's first commit and the parent's note of it are two.
        await engine.EventuallyAsync(context => context.Steps.FirstOrDefaultAsync(row => row.ExecutionId == id && row.Loop!.Contains("exec_")));
        var child = await engine.EventuallyAsync(context => context.Executions.FirstOrDefaultAsync(row => row.ParentId == id && row.Status == "waiting"));
        var item = Assert.Single((await engine.Get<FindItems>().RunAsync(Principal.LocalOwner, new ItemFilter(id, "l") { Status = "running" })).Items);
        Assert.Equal((0, child.Id), (item.Index, item.ChildExecutionId));
    }

    [Fact]
    public async Task ItemThatFails_FailsTheStepAndNamesItself()
    {
        await using var engine = await EngineHost.StartAsync();
        var id = await engine.RunAsync("""{"name":"w","steps":[{"name":"l","type":"for_each","items":[{"a":1},{},{"a":3}],"step":{"type":"transform","value":"{{ item.a }}"}}]}""");
        var error = (await engine.StepAsync(id, "l")).Error!;
        Assert.Equal((ProblemCodes.ExpressionUnresolved, 1), (error.Code, error.Facts!["item"]!.GetValue<int>()));
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Fact]
    public async Task Items_RunAsManyAtATimeAsTheyMay_AndRetryByThemselves()
    {
        var flaky = new FlakyStep();
        await using var engine = await EngineHost.StartAsync(flaky);
        var id = await engine.RunAsync("""{"name":"w","steps":[{"name":"l","type":"for_each","items":{"from":0,"to":39},"concurrency":4,"step":{"type":"flaky","retry_attempts":1}}]}""");
        var output = (await engine.StatusAsync(id)).Execution.Output!["l"]!;
        Assert.Equal(40, output["succeeded"]!.GetValue<int>());
        Assert.Equal(Enumerable.Range(0, 40), output["results"]!.AsArray().Select(item => item!.GetValue<int>()));
        Assert.InRange(flaky.Most, 2, 4);
        Assert.All(flaky.Keys, key => Assert.Equal(2, key.Value));
        Assert.Contains($"{id}:l:7", flaky.Keys.Keys);
        await StoredTruth.CheckAsync(engine.Database);
    }

    [Theory]
    [InlineData("""{"items":[1]}""", "", "required")]
    [InlineData("""{"step":{"type":"transform","value":1}}""", "/items", "required")]
    [InlineData("""{"items":[1],"step":{"type":"agent"}}""", "/step/type", "not_allowed")]
    [InlineData("""{"items":[1],"step":{"type":"transform"}}""", "/step", "required")]
    [InlineData("""{"items":{"from":1},"step":{"type":"transform","value":1}}""", "/items", "not_allowed")]
    [InlineData("""{"items":[1],"concurrency":0,"step":{"type":"transform","value":1}}""", "/concurrency", "range")]
    public void AbsurdSettings_AreNamedWithTheirPlace(string settings, string pointer, string rule)
    {
        var step = JsonNode.Parse(settings)!.AsObject();
        (step["name"], step["type"]) = ("l", "for_each");
        var errors = Catalogues.Read($$"""{"name":"w","steps":[{{step.ToJsonString()}}]}""").Errors;
        Assert.Contains(errors, error => error.Pointer == "/steps/0" + pointer && error.Rule == rule);
    }

    /// <summary>Fails the first attempt of every item and counts how many run at once.</summary>
    private sealed class FlakyStep : StepType, IEffectBehaviour
    {
        private int _running;

        public ConcurrentDictionary<string, int> Keys { get; } = new();

        public int Most { get; private set; }

        public override string Name => "flaky";

        public override string Title => "Flaky";

        public override string Summary => "Works the second time.";

        public override StepFamily Family => StepFamily.Code;

        public override JsonObject SettingsSchema { get; } = new() { ["type"] = "object" };

        public override IStepBehaviour Prepare(StepDefinition step) => this;

        public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
        {
            lock (Keys) Most = Math.Max(Most, ++_running);
            Keys.AddOrUpdate(context.IdempotencyKey, 1, (_, count) => count + 1);
            await Task.Yield();
            lock (Keys) _running--;
            return context.Attempt == 1
                ? StepResult.Failed(new Problem(ProblemCodes.StepFailed, "not yet"), retryable: true)
                : StepResult.Completed(context.Scope.Item!.Index);
        }
    }
}
