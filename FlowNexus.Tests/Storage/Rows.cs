using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Tests.Storage;

/// <summary>Rows that a test of the journal writes.</summary>
internal static class Rows
{
    public static TickRow Tick(int number, string workflow = "w") => new() { WorkflowId = workflow, TriggerKey = "k", DueAt = number, Outcome = "started" };

    public static EventRow Event(string stream, int number, string payload = "{}") =>
        new() { Stream = stream, EventId = $"evt_{stream}_{number}", Type = "tested", At = number, Payload = payload };

    public static ExecutionRow Execution(string id) => new()
    {
        Id = id,
        WorkflowId = "w",
        Status = "running",
        PriorityText = "5",
        Epoch = 1,
        Owner = "me",
        TriggeredBy = "manual",
        UserId = "u",
        Account = "a",
        EventHead = EventChain.Genesis,
    };

    public static WorkflowRow Workflow(string id, string name) => new()
    {
        Id = id,
        Name = name,
        Status = "active",
        Priority = "5",
        LatestVersion = 1,
        ActiveVersion = 1,
        Revision = 1,
        CreatedBy = "u",
    };

    /// <summary>A transition that writes one tick and one event.</summary>
    public static Transition Of(int number, string stream = "stream")
    {
        var transition = new Transition();
        transition.Insert(Tables.Ticks, Tick(number));
        transition.Tell(Event(stream, number));
        return transition;
    }
}
