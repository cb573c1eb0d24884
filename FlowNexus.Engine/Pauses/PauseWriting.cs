using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Pauses;

/// <summary>The rows of pauses in somebody's transition. Both are refused when the state is the wanted one already.</summary>
internal static class PauseWriting
{
    public const int MaxReason = 500;

    private static readonly Statement Remove = new("DELETE FROM pauses WHERE scope = ?1");

    public static void Pause(this Transition transition, string scope, Principal principal, string? reason, DateTimeOffset now) =>
        transition.InsertOrRefuse(Tables.Pauses, new PauseRow { Scope = scope, PausedBy = principal.UserId, Reason = reason, PausedAt = UnixMicros.Of(now) });

    public static void Resume(this Transition transition, string scope, Refusal? whenNotPaused) => transition.Run(Remove, whenNotPaused, to => to.Text(scope));

    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static void DemandReason(string? reason)
    {
        if (reason is { Length: > MaxReason }) throw new ProblemException(ProblemCodes.InvalidRequest, $"A reason has at most {MaxReason} characters; this one has {reason.Length}.");
    }
}
