using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>The database takes no writes.</summary>
/// <param name="Since">When the first write failed, UTC.</param>
public sealed record StorageTrouble(Problem Problem, DateTimeOffset Since);
