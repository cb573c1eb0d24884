namespace FlowNexus.Engine.Storage.Journal;

/// <summary>
/// By which activation of a queue something was let through. An activation that begins counts what the database shows
/// then; what an earlier one let through and has not committed by then is refused (<see cref="Refusal.NotAdmitted"/>),
/// so that limits hold across the move.
/// </summary>
/// <param name="Queue">The name of the queue.</param>
/// <param name="Activation">Its activation's own id.</param>
internal sealed record Admission(string Queue, string Activation);
