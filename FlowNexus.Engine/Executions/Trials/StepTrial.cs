using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>What a tested step would do, in the words of its answer.</summary>
/// <param name="Note">What a test leaves out; null when it did everything.</param>
internal sealed record StepTrial(StepResult Result, string? Note)
{
    /// <summary>Does the step once, without what it leads to: no other workflow starts, nothing waits, of a loop only the first item runs.</summary>
    /// <param name="run">Runs a behaviour with outside effects.</param>
    /// <exception cref="ProblemException">INVALID_REQUEST for a step that only waits for others.</exception>
    public static async Task<StepTrial> OfAsync(IStepBehaviour behaviour, StepScope scope, DateTimeOffset now, Func<IEffectBehaviour, StepScope, Task<StepResult>> run)
    {
        switch (behaviour)
        {
            case IPureBehaviour pure:
                return new StepTrial(pure.Evaluate(scope), null);
            case IEffectBehaviour effect:
                return new StepTrial(await run(effect, scope), null);
            case IDelayBehaviour delay:
                return Given(new JsonObject { ["waits_seconds"] = delay.Duration(scope, now).TotalSeconds }, "A test does not wait.");
            case IChildBehaviour child:
                return Given(Called(child.Call(scope)), "A test does not start the other workflow; this is what it would be given.");
            case ILoopBehaviour loop:
                return await OfLoopAsync(loop, scope, now, run);
            default:
                throw new ProblemException(ProblemCodes.InvalidRequest, "This step only waits for something from outside; there is nothing to test by itself.");
        }
    }

    private static async Task<StepTrial> OfLoopAsync(ILoopBehaviour loop, StepScope scope, DateTimeOffset now, Func<IEffectBehaviour, StepScope, Task<StepResult>> run)
    {
        if (loop.Until is not null) return await OfAsync(loop.Body, Inside(scope, null, new JsonObject { ["iteration"] = 1, ["child"] = null }), now, run);
        var items = loop.Items(scope);
        if (items.Count == 0) return Given(new JsonObject { ["items"] = 0 }, "There are no items, so nothing ran.");
        var first = items[0]?.DeepClone();
        var (result, note) = await OfAsync(loop.Body, Inside(scope, new LoopItem(first, 0), null), now, run);
        if (result.Failure is not null) return new StepTrial(result, note);
        return new StepTrial(result with { Output = new JsonObject { ["items"] = items.Count, ["first_item"] = first?.DeepClone(), ["first_result"] = result.Output?.DeepClone() } }, $"Only the first of {items.Count:N0} items was done.{(note is null ? "" : $" {note}")}");
    }

    private static StepTrial Given(JsonObject output, string note) => new(StepResult.Completed(output), note);

    private static JsonObject Called(ChildCall call) => new() { ["workflow"] = call.Workflow, ["version"] = call.Version, ["input"] = call.Input?.DeepClone(), ["wait"] = call.Waits };

    private static StepScope Inside(StepScope scope, LoopItem? item, JsonObject? locals) => new()
    {
        Input = scope.Input,
        Outputs = scope.Outputs,
        ErrorOf = scope.ErrorOf,
        DirectDependencies = scope.DirectDependencies,
        Execution = scope.Execution,
        Item = item,
        Locals = locals,
    };
}
