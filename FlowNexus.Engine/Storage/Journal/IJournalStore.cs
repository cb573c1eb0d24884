namespace FlowNexus.Engine.Storage.Journal;

/// <summary>
/// What a database gives the journal writer. Called from the writer's thread only.
/// </summary>
internal interface IJournalStore : IDisposable
{
    /// <summary>
    /// Commits a group and returns when it is durable. Each entry is all-or-nothing by itself: one that cannot be
    /// written has its <see cref="JournalEntry.Failure"/> set, the others commit. An exception means that nothing did.
    /// </summary>
    /// <param name="stopping">Ends waiting for a database that is away.</param>
    void Commit(IReadOnlyList<JournalEntry> group, CancellationToken stopping);

    /// <summary>Writes something that changes nothing; an exception says that the database still takes no writes.</summary>
    void Probe();

    /// <summary>Keeps log and file bounded; called when the writer is idle.</summary>
    void Tidy();
}
