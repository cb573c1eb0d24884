using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Queues;
using Orleans.Concurrency;
using Orleans.Placement;

namespace FlowNexus.Engine.Cluster;

/// <summary>The address of an execution: whichever node asks, the inputs reach the node that drives it.</summary>
internal interface IExecutionGrain : IGrainWithStringKey
{
    /// <summary>Its turn in the queue has come.</summary>
    Task RunAsync();

    Task AssignAsync(TaskAssignment assignment);

    Task RefuseAsync(TaskRefusal refusal);

    Task<bool> RingAsync(string kind, int ordinal, int attempt);

    Task<bool> CancelAsync(string by, string? reason, TimeSpan grace);

    /// <summary>An execution that one of its steps started has ended; false when this one has ended itself.</summary>
    Task<bool> TakeChildAsync(int ordinal, int item, int attempt, string childId);

    Task<bool> PauseAsync(string by, string? reason, string? scope);

    Task<bool> ResumeAsync(string by);

    /// <summary>Null when it has ended, or another node took it over just now.</summary>
    Task<SignalReply?> SignalAsync(string name, string data, string by, string? key);

    Task<bool> CompleteLoopAsync(int ordinal, string by);

    /// <summary>Notes in the stream of an ended execution that another one is its retry.</summary>
    Task NoteRetryAsync(string executionId, string by);

    /// <summary>Binds an agent to the task of a step; an attempt in progress is abandoned and another one starts with that agent.</summary>
    Task<bool> BindAsync(int ordinal, string agentId, string method, string? details, string by);
}

[Reentrant]
[PreferLocalPlacement]
internal sealed class ExecutionGrain(ExecutionHost host, ExecutionEnvironment environment) : Grain, IExecutionGrain
{
    private string Id => this.GetPrimaryKeyString();

    public Task RunAsync() => Post(new MachineInput.Start(environment.Now()));

    public async Task AssignAsync(TaskAssignment assignment)
    {
        var input = new MachineInput.AttemptStarted(assignment.Ordinal, assignment.Attempt, assignment.AgentId, environment.Now());
        var taken = await host.PostAsync(Id, new DriverInput(input, new AttemptFacts { Assignment = assignment }));
        if (!taken) await environment.Tasks.ReleaseAsync(assignment.TaskId, assignment.Attempt);
    }

    public Task RefuseAsync(TaskRefusal refusal) =>
        Post(new MachineInput.AttemptFailed(refusal.Ordinal, refusal.Attempt, new Problem(ProblemCodes.AgentUnavailable, refusal.Message), false, 0, environment.Now()));

    public Task<bool> RingAsync(string kind, int ordinal, int attempt) =>
        Post(new MachineInput.TimerDue(ExecutionRows.Timer(kind), ordinal, attempt, ExecutionEnvironment.Jitter(), environment.Now()));

    public Task<bool> CancelAsync(string by, string? reason, TimeSpan grace) => host.TakeAsync(Id, new MachineInput.Cancel(by, reason, grace, environment.Now()));

    public Task<bool> TakeChildAsync(int ordinal, int item, int attempt, string childId) => host.TakeChildAsync(Id, ordinal, item, attempt, childId);

    public Task<bool> PauseAsync(string by, string? reason, string? scope) => host.TakeAsync(Id, new MachineInput.Pause(by, reason, environment.Now(), scope));

    public Task<bool> ResumeAsync(string by) => host.TakeAsync(Id, new MachineInput.Resume(by, environment.Now()));

    public Task<bool> BindAsync(int ordinal, string agentId, string method, string? details, string by) =>
        host.PostAsync(Id, new DriverInput(new MachineInput.Reassign(ordinal, by, environment.Now()), new AttemptFacts { Bound = (agentId, method, details) }));

    public async Task<SignalReply?> SignalAsync(string name, string data, string by, string? key)
    {
        var answer = await host.SignalAsync(Id, new MachineInput.SignalSent(name, data, by, key, environment.Now()));
        return answer is null ? null : new SignalReply(answer.Outcome, answer.Step, answer.Received?.Number ?? 0, answer.Received?.Name, answer.Received?.Data);
    }

    public Task<bool> CompleteLoopAsync(int ordinal, string by) => host.TakeAsync(Id, new MachineInput.CompleteLoop(ordinal, by, environment.Now()));

    public Task NoteRetryAsync(string executionId, string by) => host.NoteAsync(Id, new MachineInput.Retried(executionId, by, environment.Now()));

    private Task<bool> Post(MachineInput input) => host.PostAsync(Id, new DriverInput(input));
}

/// <summary>What became of a signal.</summary>
/// <param name="Ordinal">The step that took it; -1 when none did.</param>
/// <param name="Number">Its place among the signals of the execution; 0 when it was not taken in.</param>
/// <param name="Name">As it was taken in, which of a repeated key may be another one.</param>
[GenerateSerializer, Immutable]
internal sealed record SignalReply(
    [property: Id(0)] SignalOutcome Outcome,
    [property: Id(1)] int Ordinal,
    [property: Id(2)] int Number,
    [property: Id(3)] string? Name,
    [property: Id(4)] string? Data);
