using System.Diagnostics;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Postgres;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>A journal's store that kills its own process at one commit: SIGKILL, nothing is tidied up.</summary>
internal sealed class MortalJournal(IJournalStore store, Death death, string file) : IJournalStore
{
    private int _commits;

    public static void Install(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton(provider =>
    {
        var logs = provider.GetRequiredService<ILoggerFactory>();
        var (death, file) = Death.FromEnvironment();
        var (read, store) = provider.GetRequiredService<IOptions<EngineOptions>>().Value.Database.ConnectionString is { Length: > 0 } connectionString
            ? PostgresDatabase.Open(new PostgresConnections(connectionString, null), null, logs)
            : SqliteDatabase.Open(provider.GetRequiredService<DataFolder>());
        return new EngineDatabase(read, new JournalWriter(new MortalJournal(store, death, file), logs.CreateLogger<JournalWriter>(), provider.GetRequiredService<EventFeed>().Publish));
    }));

    public void Commit(IReadOnlyList<JournalEntry> group, CancellationToken stopping)
    {
        var last = Counts(group) && ++_commits == death.Commit;
        if (last && death.Moment == Moment.Before) Die();
        store.Commit(group, stopping);
        if (last) Die();
    }

    public void Probe() => store.Probe();

    public void Tidy() => store.Tidy();

    public void Dispose() => store.Dispose();

    /// <summary>From the commit of an execution that was accepted after the file was made.</summary>
    private bool Counts(IReadOnlyList<JournalEntry> group) =>
        _commits > 0 || (File.Exists(file) && group.Any(entry => entry.Transition.Writes.Exists(write => write.Statement.Insert?.Table == Tables.Executions.Name)));

    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
        self.WaitForExit();
    }
}
