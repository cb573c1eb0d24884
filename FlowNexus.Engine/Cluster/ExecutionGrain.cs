using FlowNexus.Engine.Cluster.Routing;
using FlowNexus.Engine.Executions.Machine;
using FlowNexus.Engine.Queues;
using Orleans.Concurrency;

namespace FlowNexus.Engine.Cluster;

/// <summary>The address of an execution: whichever node asks, the inputs reach the node that drives it.</summary>
internal interface IExecutionGrain : IGrainWithStringKey
{
    /// <summary>Its turn in the queue has come.</summary>
    /// <param name="activation">Of the queue; null on a node that is alone.</param>
    Task RunAsync(string? activation);

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

/// <summary>
/// Always on the node that asks; the database, not the directory of grains, says who drives the execution. It holds
/// nothing, and every execution has one: kept for Orleans' quarter of an hour, those of a busy node would be its memory.
/// </summary>
[Reentrant]
[StatelessWorker(1)]
[CollectionAgeLimit(Minutes = 1)]
internal sealed class ExecutionGrain(ExecutionRouter router) : Grain, IExecutionGrain
{
    public Task RunAsync(string? activation) => Send(new ExecutionCall.Run(activation));

    public Task AssignAsync(TaskAssignment assignment) => Send(new ExecutionCall.Assign(assignment));

    public Task RefuseAsync(TaskRefusal refusal) => Send(new ExecutionCall.Refuse(refusal));

    public Task<bool> RingAsync(string kind, int ordinal, int attempt) => Send(new ExecutionCall.Ring(kind, ordinal, attempt));

    public Task<bool> CancelAsync(string by, string? reason, TimeSpan grace) => Send(new ExecutionCall.Cancel(by, reason, grace));

    public Task<bool> TakeChildAsync(int ordinal, int item, int attempt, string childId) => Send(new ExecutionCall.TakeChild(ordinal, item, attempt, childId));

    public Task<bool> PauseAsync(string by, string? reason, string? scope) => Send(new ExecutionCall.Pause(by, reason, scope));

    public Task<bool> ResumeAsync(string by) => Send(new ExecutionCall.Resume(by));

    public Task<bool> BindAsync(int ordinal, string agentId, string method, string? details, string by) => Send(new ExecutionCall.Bind(ordinal, agentId, method, details, by));

    public Task NoteRetryAsync(string executionId, string by) => Send(new ExecutionCall.NoteRetry(executionId, by));

    public Task<SignalReply?> SignalAsync(string name, string data, string by, string? key) => router.SignalAsync(this.GetPrimaryKeyString(), new ExecutionCall.Signal(name, data, by, key));

    public Task<bool> CompleteLoopAsync(int ordinal, string by) => Send(new ExecutionCall.CompleteLoop(ordinal, by));

    private Task<bool> Send(ExecutionCall call) => router.SendAsync(this.GetPrimaryKeyString(), call);
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
