using System.Text.Json.Nodes;
using FlowNexus.Engine.Audit;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>The attempts of one step, told from its events one by one.</summary>
public sealed class StepHistory
{
    private StepAttempt[] _attempts = [];
    private AssignedAgent? _assigned;

    /// <summary>In order; the last may be under way. What was handed out does not change.</summary>
    public IReadOnlyList<StepAttempt> Attempts => _attempts;

    /// <summary>Takes the next event of the step.</summary>
    public void Add(EventView one)
    {
        if (one.Type == "agent_assigned") _assigned = AssignedAgent.Of(one);
        var number = Number(one.Details) ?? Math.Max(1, _attempts.Length);
        if (one.Type == "step_started" || (one.Type == "step_waiting" && Text(one.Details, "wait") is "delay" or "child" or "signal"))
        {
            // Waiting for another execution or a signal goes on with the attempt that began.
            if (Open is null) Begin(number, one.Timestamp);
            return;
        }

        if (Outcome(one.Type) is not { } outcome) return;
        if (Open is null && one.Type is not ("step_completed" or "step_failed")) return;
        var open = Open ?? Begin(number, one.Timestamp);
        _attempts = [.. _attempts[..^1], open with { EndedAt = one.Timestamp, Outcome = outcome, Code = Text(one.Details, "code"), Message = Text(one.Details, "message"), Agent = open.Agent ?? _assigned }];
        _assigned = null;
    }

    private StepAttempt? Open => _attempts is [.., { EndedAt: null } last] ? last : null;

    private StepAttempt Begin(int number, DateTimeOffset at)
    {
        var begun = new StepAttempt(number, at) { Agent = _assigned };
        _attempts = [.. _attempts, begun];
        return begun;
    }

    private static string? Outcome(string type) => type switch
    {
        "step_completed" => "completed",
        "step_retrying" or "step_reopened" or "step_failed" or "attempt_lost" => "failed",
        "step_timed_out" => "timed_out",
        "step_cancelled" or "attempt_abandoned" => "cancelled",
        _ => null,
    };

    private static int? Number(JsonNode? details) => details?["attempt"] is JsonValue value && value.TryGetValue(out int number) ? number : null;

    private static string? Text(JsonNode? details, string name) => details?[name] is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}

/// <summary>One try of a step.</summary>
/// <param name="Number">From 1.</param>
public sealed record StepAttempt(int Number, DateTimeOffset StartedAt)
{
    /// <summary>Null while it is under way.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>completed, failed, timed_out or cancelled; null while it is under way.</summary>
    public string? Outcome { get; init; }

    public string? Code { get; init; }

    public string? Message { get; init; }

    /// <summary>Of an agent step: who did it, and why.</summary>
    public AssignedAgent? Agent { get; init; }
}
