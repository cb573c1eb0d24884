using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Expressions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Loops that go on until what an execution gave is enough.</summary>
internal sealed partial class ExecutionDriver
{
    /// <summary>Whether an iteration that ended was the last; a condition that cannot be decided fails it.</summary>
    private DriverInput Judge(DriverInput input)
    {
        if (input.Input is not MachineInput.ItemEnded { Problem: null } ended || _workflow.Behaviours[ended.Step] is not ILoopBehaviour { Until: { } until }) return input;
        try
        {
            return input with { Input = ended with { IsLast = Holds(ended.Step, until, input.Facts?.Result?.Output?.DeepClone(), ended.Item + 1) } };
        }
        catch (ProblemException failure)
        {
            return input with { Input = ended with { Problem = failure.Problem, Retryable = false } };
        }
    }

    private bool Holds(int step, Expression until, JsonNode? output, int iteration) =>
        until.EvaluateBoolean(Scope(step, _outputs, Input(), _state, name => StepErrors.Of(_workflow, _steps, [], name), locals: Locals(output, iteration))).Holds;

    private static JsonObject Locals(JsonNode? output, int iteration) => new() { ["child"] = new JsonObject { ["output"] = output }, ["iteration"] = iteration };

    /// <summary>What the input of an iteration can see of the one before it; null for everything that does not repeat.</summary>
    private async Task<JsonObject?> LocalsAsync(MachineDecision.StartChild start)
    {
        if (_workflow.Behaviours[start.Step] is not ILoopBehaviour { Until: not null }) return null;
        return Locals(start.Item == 0 ? null : (await LastAsync(start.Step, start.Item)).Output, start.Item + 1);
    }

    private async Task<StepResult> RepeatedAsync(int step, Expression until)
    {
        var (output, iterations) = await LastAsync(step, int.MaxValue);
        var scope = Locals(output, iterations);
        if (!until.EvaluateBoolean(Scope(step, new StepOutputs(_workflow, _steps, _environment.Artifacts), ReadInput(), _state, name => StepErrors.Of(_workflow, _steps, [], name), locals: scope)).Holds)
            return StepResult.Failed(new Problem(ProblemCodes.StepFailed, $"Step \"{_workflow.Definition.Steps[step].Name}\" ran {iterations} times, and its 'until' did not hold. Raise max_iterations, or look at what the last execution gave."));
        return StepResult.Completed(new JsonObject { ["output"] = output?.DeepClone(), ["iterations"] = iterations });
    }

    /// <summary>What the last iteration before one gave, and how many there were.</summary>
    private async Task<(JsonNode? Output, int Iterations)> LastAsync(int step, int before)
    {
        await using var context = _environment.Database.Read();
        var row = await context.Iterations.Where(row => row.ExecutionId == _row.Id && row.Ordinal == step && row.Iteration < before).OrderByDescending(row => row.Iteration).FirstOrDefaultAsync();
        if (row is null) return (null, 0);
        var json = row.OutputArtifact is { } id ? _environment.Artifacts.ReadBody(id) : row.Output;
        return (json is null ? null : JsonNode.Parse(json), row.Iteration + 1);
    }
}
