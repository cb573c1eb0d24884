namespace FlowNexus.Engine.Storage.Journal;

/// <summary>What a database gives the journal writer. Called from the writer's thread only.</summary>
internal interface IJournalStore : IDisposable
{
    void Begin();

    /// <summary>Runs one prepared statement and returns the number of rows it touched.</summary>
    int Execute(Write write);

    /// <summary>Inserts an event and returns its position.</summary>
    long InsertEvent(Write write);

    void Savepoint();

    void Release();

    void RollbackToSavepoint();

    /// <summary>Returns only when the group is durable.</summary>
    void Commit();

    void Rollback();

    /// <summary>The end of an administered object's stream: 0 and the genesis hash when it has none.</summary>
    (long Seq, byte[] Head) ReadStream(string stream);

    /// <summary>Keeps log and file bounded; called when the writer is idle.</summary>
    void Tidy();
}
