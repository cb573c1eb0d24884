using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Steps without outside effects, evaluated inside the transition that begins them.</summary>
internal sealed partial class ExecutionDriver
{
    /// <summary>Evaluates pure steps into the transition: all that follow one another, or one when every step commits by itself.</summary>
    private void EvaluateInto(DriverTurn turn)
    {
        List<DriverInput> results = [];
        while (_evaluations.Count > 0)
        {
            results.Clear();
            do results.Add(Evaluate(_evaluations.Dequeue(), turn));
            while (_evaluations.Count > 0 && !_workflow.CommitsEachStep);
            Enqueue(turn, results);
            if (_workflow.CommitsEachStep || turn.State.Status.IsTerminal()) return;
        }
    }

    private DriverInput Evaluate(MachineDecision.Evaluate evaluation, DriverTurn turn)
    {
        var step = _workflow.Definition.Steps[evaluation.Step];
        var since = Stopwatch.GetTimestamp();
        StepResult result;
        try
        {
            var scope = Scope(evaluation.Step, _outputs, Input(), turn.State, name => StepErrors.Of(_workflow, _steps, turn.Events, name));
            if (_workflow.Behaviours[evaluation.Step] is ILoopBehaviour loop)
                return new DriverInput(new MachineInput.LoopStarted(evaluation.Step, evaluation.Attempt, Items(evaluation.Step, loop, scope).Count, _environment.Now()));
            if (_workflow.Behaviours[evaluation.Step] is IDelayBehaviour delay)
            {
                var now = _environment.Now();
                return new DriverInput(new MachineInput.DelayStarted(evaluation.Step, evaluation.Attempt, now + delay.Duration(scope, now), now));
            }

            result = ((IPureBehaviour)_workflow.Behaviours[evaluation.Step]).Evaluate(scope);
        }
        catch (Exception failure)
        {
            result = Failure(step.Name, failure);
        }

        if (result.Failure is null) _outputs.Set(evaluation.Step, result.Output);
        return Ended(evaluation.Step, evaluation.Attempt, result, Stopwatch.GetElapsedTime(since));
    }

    private DriverInput Ended(int step, int attempt, StepResult result, TimeSpan duration)
    {
        var now = _environment.Now();
        if (result.Failure is { } problem)
            return new DriverInput(new MachineInput.AttemptFailed(step, attempt, problem, result.Retryable, ExecutionEnvironment.Jitter(), now), new AttemptFacts { Result = result, Duration = duration });
        var output = _environment.Store(_workflow.Definition.Steps[step].Name, result.Output);
        return new DriverInput(new MachineInput.AttemptCompleted(step, attempt, result.Branch, now), new AttemptFacts { Result = result, Output = output, Duration = duration });
    }

    internal static StepResult Failure(string step, Exception failure) => failure switch
    {
        ProblemException problem => StepResult.Failed(problem.Problem),
        HttpRequestException or IOException or TimeoutException => StepResult.Failed(new Problem(ProblemCodes.StepFailed, $"Step \"{step}\" failed: {failure.Message}"), retryable: true),
        _ => StepResult.Failed(new Problem(ProblemCodes.StepFailed, $"Step \"{step}\" failed: {failure.Message}"), retryable: true),
    };

    private StepScope Scope(int step, StepOutputs outputs, JsonNode? input, ExecutionState state, Func<string, JsonNode?> errorOf, LoopItem? item = null, JsonObject? locals = null) => new()
    {
        Locals = locals,
        Item = item,
        Input = input,
        Outputs = outputs,
        ErrorOf = errorOf,
        DirectDependencies = _workflow.DirectDependencies[step],
        Execution = new ExecutionFacts(_row.Id, _row.WorkflowId, _workflow.Definition.Name, _row.Version, state.StartedAt ?? _environment.Now()) { Metadata = _workflow.Definition.Metadata },
    };

    private JsonNode? Input()
    {
        if (_inputRead) return _input;
        KnowInput(ReadInput());
        return _input;
    }

    private JsonNode? ReadInput()
    {
        var json = _row.InputArtifact is { } id ? _environment.Artifacts.ReadBody(id) : _row.Input;
        return json is null ? null : JsonNode.Parse(json);
    }
}
