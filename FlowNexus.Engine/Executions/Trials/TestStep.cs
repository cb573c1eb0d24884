using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Trials;

/// <summary>
/// Runs one step by itself on past data. What it reaches outside is real: a request is sent, an agent works. Nothing
/// follows it, no execution is made, no credits are taken; the test is in the workflow's audit stream.
/// </summary>
public sealed class TestStep(EngineDatabase database, ArtifactStore artifacts, StepCatalogue catalogue, WorkflowDefinitionReader reader, AgentDirectory agents, AgentMatcher matcher, StepRequests needs, TimeProvider time)
{
    /// <summary>However long the step's own limit is.</summary>
    public static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(120);

    private const int MostOutput = 256 * 1024;

    /// <summary>What the step comes to, or why it fails, is the answer.</summary>
    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, NOT_FOUND, EXECUTION_NOT_FOUND, EXECUTION_EXPIRED, INVALID_DEFINITION of this step, INVALID_REQUEST, FORBIDDEN.</exception>
    public async Task<StepTest> RunAsync(Principal principal, StepTestRequest request, CancellationToken cancellationToken = default)
    {
        principal.Demand(Permission.Write);
        var definition = await DefinitionAsync(request);
        var past = await PastData.ReadAsync(database, artifacts, request.WorkflowId, request.ExecutionId);
        var scope = TrialScope.Of(request.WorkflowId, definition, request.Step, past, request.Pins, time.GetUtcNow());
        var step = LoneStep.Read(scope, definition, reader);
        var type = catalogue.TryGet(step.Type)!;
        var behaviour = type.Prepare(step);

        var lines = new TrialLines();
        var log = new StepLog(lines, new LogAllowance(), new LogSource("", 0, step.Name, -1, 1), time);
        var agent = step.Type == PreparedWorkflow.AgentType ? await AgentAsync(step) : null;
        var limit = TimeSpan.FromSeconds(Math.Min(step.TimeoutSeconds ?? type.DefaultTimeoutSeconds, LongestTime.TotalSeconds));
        var since = time.GetTimestamp();
        var (result, note) = await TryAsync(behaviour, scope.Scope, step, (effect, reach) => RunAsync(effect, step, reach, agent, log, past, limit, cancellationToken));
        var test = Describe(step, result, note, time.GetElapsedTime(since)) with { AgentId = agent?.Id, ExecutionId = past.Row?.Id, Logs = lines.Lines };
        await NoteAsync(principal, request, test);
        return test;
    }

    private async Task<StepTrial> TryAsync(IStepBehaviour behaviour, StepScope scope, StepDefinition step, Func<IEffectBehaviour, StepScope, Task<StepResult>> run)
    {
        try
        {
            return await StepTrial.OfAsync(behaviour, scope, time.GetUtcNow(), run);
        }
        catch (ProblemException refused) when (refused.Problem.Code == ProblemCodes.InvalidRequest)
        {
            throw;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            return new StepTrial(ExecutionDriver.Failure(step.Name, failure), null);
        }
    }

    private async Task<StepResult> RunAsync(IEffectBehaviour effect, StepDefinition step, StepScope scope, Agent? agent, StepLog log, PastData past, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        using var files = new AttemptFiles(artifacts, database, past.Row?.Id ?? "");
        var context = new StepContext
        {
            Step = step,
            Scope = scope,
            Attempt = 1,
            IdempotencyKey = $"test:{NewId.Event(time.GetUtcNow())}:{step.Name}",
            Artifacts = files,
            Time = time,
            Log = log,
            Agent = agent,
            ReportProgress = static _ => { },
        };
        try
        {
            return await Task.Run(() => effect.RunAsync(context, stop.Token), stop.Token).WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return StepResult.Failed(new Problem(ProblemCodes.StepTimeout, $"Step \"{step.Name}\" did not end within {limit.TotalSeconds:0.#} s and was stopped. A test takes at most {LongestTime.TotalSeconds:0} s."));
        }
    }

    /// <summary>The one the step would most likely get; whether it is busy does not matter to a test.</summary>
    private async Task<Agent> AgentAsync(StepDefinition step)
    {
        var known = await agents.AllAsync();
        var request = needs.For(step, AgentTiers.Balanced);
        var match = matcher.Match(request with { Skills = [.. request.Skills, .. request.SoftSkills], SoftSkills = [] }, known);
        if (match.Winner is null) match = matcher.Match(request, known);
        return match.Winner ?? throw new ProblemException(AgentMatchProblem.Unavailable(request, match));
    }

    private async Task<JsonObject> DefinitionAsync(StepTestRequest request)
    {
        await using var context = database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == request.WorkflowId);
        if (request.Definition is { } draft && (workflow is not null || await context.Drafts.AnyAsync(row => row.WorkflowId == request.WorkflowId))) return draft;
        if (workflow is null) throw WorkflowVersions.NotFound(request.WorkflowId);
        var version = await context.Versions.FirstAsync(row => row.WorkflowId == workflow.Id && row.Version == workflow.LatestVersion);
        return (JsonObject)JsonNode.Parse(version.Definition)!;
    }

    private async Task NoteAsync(Principal principal, StepTestRequest request, StepTest test)
    {
        var transition = new Transition();
        transition.Tell(WorkflowEvents.Of("step_tested", request.WorkflowId, principal, time.GetUtcNow(), new { step = test.Step, status = test.Status, duration = test.Duration, code = test.Error?.Code, execution_id = test.ExecutionId, agent_id = test.AgentId }));
        await database.Journal.CommitAsync(transition);
    }

    private static StepTest Describe(StepDefinition step, StepResult result, string? note, TimeSpan duration)
    {
        var bytes = result.Output is null ? 0 : Encoding.UTF8.GetByteCount(result.Output.ToJsonString(ProblemJson.Options));
        var (output, cut) = bytes > MostOutput ? BoundedValue.Of(result.Output, MostOutput) : (result.Output, false);
        return new StepTest
        {
            Step = step.Name,
            Status = result.Failure is null ? "completed" : "failed",
            Output = output,
            OutputBytes = bytes,
            OutputCut = cut,
            Error = result.Failure,
            Duration = Math.Round(duration.TotalSeconds, 3),
            Warnings = result.Warnings,
            Branches = result.Branch is null ? null : BranchTargets.Split(result.Branch),
            Note = note,
        };
    }
}

/// <summary>Which step to test, and on what.</summary>
public sealed record StepTestRequest(string WorkflowId, string Step)
{
    /// <summary>A draft; only the step itself has to be valid. Null takes the latest version.</summary>
    public JsonObject? Definition { get; init; }

    /// <summary>Whose input and outputs it sees; null takes the workflow's latest execution.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>By step name, outputs that count instead of those of the execution.</summary>
    public JsonObject? Pins { get; init; }
}

/// <summary>How a test of one step ended.</summary>
public sealed record StepTest
{
    public bool Success { get; } = true;
    public required string Step { get; init; }

    /// <summary>completed or failed.</summary>
    public required string Status { get; init; }

    public JsonNode? Output { get; init; }
    public required long OutputBytes { get; init; }

    /// <summary>The output was too large for an answer and lost parts.</summary>
    public required bool OutputCut { get; init; }

    public Problem? Error { get; init; }

    /// <summary>Seconds.</summary>
    public required double Duration { get; init; }

    public IReadOnlyList<ProblemDetail> Warnings { get; init; } = [];

    /// <summary>The targets it chose; null for a step that does not branch.</summary>
    public IReadOnlyList<string>? Branches { get; init; }

    /// <summary>Who did it.</summary>
    public string? AgentId { get; init; }

    /// <summary>Whose data it saw; null when the workflow has not been run.</summary>
    public string? ExecutionId { get; init; }

    /// <summary>What a test leaves out; null when the step did everything.</summary>
    public string? Note { get; init; }

    public IReadOnlyList<TrialLine> Logs { get; init; } = [];
}
