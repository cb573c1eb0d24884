namespace FlowNexus.Engine.Workflows;

/// <summary>
/// A step that begins before everything it follows has ended. Each step it follows, or that may branch to it, is one
/// way in; a way has arrived when that step completed, or took the branch.
/// </summary>
/// <param name="AtLeast">Ways that must have arrived, at least 1.</param>
/// <param name="CancelsStragglers">Whether steps that only this join still waited for are cancelled when it begins.</param>
public sealed record JoinDefinition(int AtLeast, bool CancelsStragglers);
