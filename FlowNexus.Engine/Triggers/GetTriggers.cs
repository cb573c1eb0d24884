using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Triggers;

/// <summary>Shows what starts executions of a workflow: of the version that runs, or of the latest while none does.</summary>
public sealed class GetTriggers(EngineDatabase database, WorkflowDefinitionReader reader, TimeProvider time)
{
    private const int Preview = 5;

    /// <exception cref="ProblemException">WORKFLOW_NOT_FOUND, FORBIDDEN.</exception>
    public async Task<WorkflowTriggers> RunAsync(Principal principal, string workflowId, CancellationToken cancellationToken = default)
    {
        principal.Demand(Permission.Read);
        await using var context = database.Read();
        var workflow = await context.Workflows.FirstOrDefaultAsync(row => row.Id == workflowId, cancellationToken) ?? throw WorkflowVersions.NotFound(workflowId);
        var number = workflow.ActiveVersion ?? workflow.LatestVersion;
        var text = await context.Versions.Where(row => row.WorkflowId == workflowId && row.Version == number).Select(row => row.Definition).FirstAsync(cancellationToken);
        var definition = reader.Read((JsonObject)JsonNode.Parse(text)!).Require();
        var last = await new TickLog(database, time).LastAsync(workflowId, cancellationToken);
        var keys = ScheduleTrigger.Of(definition);
        return new WorkflowTriggers(workflowId, number, workflow.Status, [.. definition.Triggers.Select(trigger => View(trigger, workflow, keys, last))]);
    }

    private TriggerView View(TriggerDefinition trigger, WorkflowRow workflow, IReadOnlyList<ScheduleTrigger> schedules, IReadOnlyDictionary<string, TickRow> last)
    {
        var isOn = ScheduleTrigger.IsOn(trigger);
        var view = new TriggerView(trigger.Type, workflow.Status == "active" && isOn) { Name = trigger.Source["name"]?.ToString(), Input = trigger.Input };
        if (trigger.Cron is not { } cron)
            return trigger.Url is null ? view with { Path = trigger.Path, EventType = trigger.EventType } : view with { Url = trigger.Url, Method = trigger.Method, AuthRequired = trigger.AuthRequired };
        var key = schedules.FirstOrDefault(schedule => schedule.IsOf(trigger))?.Key ?? ScheduleTrigger.KeyOf(cron, trigger.TimeZone);
        return view with
        {
            Cron = cron,
            TimeZone = trigger.TimeZone ?? "UTC",
            Missed = ScheduleTrigger.PolicyOf(trigger) == MissedPolicy.Last ? "last" : "skip",
            Next = view.Active ? NextFirings.Of(trigger, time.GetUtcNow(), Preview) : [],
            LastTick = last.TryGetValue(key, out var row) ? TickView.Of(row) : null,
        };
    }
}

/// <summary>The triggers of one workflow, in the order of its definition.</summary>
public sealed record WorkflowTriggers(string WorkflowId, int Version, string Status, IReadOnlyList<TriggerView> Triggers)
{
    public bool Success { get; } = true;
}

/// <summary>One trigger as every door shows it; what other types have is absent.</summary>
/// <param name="Active">Whether it starts executions now: the workflow is active and the trigger is not switched off.</param>
public sealed record TriggerView(string Type, bool Active)
{
    public string? Name { get; init; }
    public string? Cron { get; init; }
    public string? TimeZone { get; init; }

    /// <summary>Of a schedule: skip or last.</summary>
    public string? Missed { get; init; }

    /// <summary>Of a schedule: its next five ticks with the offset of its time zone; none while it is not active.</summary>
    public IReadOnlyList<DateTimeOffset>? Next { get; init; }

    public TickView? LastTick { get; init; }
    public string? Url { get; init; }
    public string? Method { get; init; }
    public bool? AuthRequired { get; init; }
    public string? Path { get; init; }
    public string? EventType { get; init; }
    public JsonObject? Input { get; init; }
}

/// <summary>What became of a tick.</summary>
/// <param name="Outcome">started, skipped or refused.</param>
/// <param name="Note">How many were skipped, or why it was refused: the code first.</param>
public sealed record TickView(DateTimeOffset DueAt, string Outcome, string? ExecutionId, string? Note, DateTimeOffset RecordedAt)
{
    public static TickView Of(TickRow row) => new(UnixMicros.Read(row.DueAt), row.Outcome, row.ExecutionId, row.Note, UnixMicros.Read(row.RecordedAt));
}
