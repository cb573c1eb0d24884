namespace FlowNexus.Tests.Kit;

/// <summary>Tests that hold on every store: derive once for each, sealed, so that one suite runs on both.</summary>
public abstract class StoreTest(Store store) : IAsyncLifetime
{
    private TestDatabase? _database;

    internal TestDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = new TestDatabase(await Postgres.FreshAsync(store));

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
