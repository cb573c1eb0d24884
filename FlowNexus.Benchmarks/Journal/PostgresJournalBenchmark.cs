using System.Globalization;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Engine.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>The journal alone on PostgreSQL: one transition a commit, then groups.</summary>
internal static class PostgresJournalBenchmark
{
    private static readonly int[] Groups = [1, 16, 32, 256, 1000];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, string connectionString, CancellationToken cancellationToken)
    {
        var (_, store) = PostgresDatabase.Open(new PostgresConnections(connectionString), null, NullLoggerFactory.Instance);
        using var journal = new JournalUnderLoad(store);
        await journal.CreateWorkflowAsync();
        await journal.MeasureAsync(64, command.WarmUp, cancellationToken);
        var measured = new List<Measurement>();
        foreach (var group in Groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reached = await journal.MeasureAsync(group == 1 ? 1 : 2 * group, command.Duration, cancellationToken);
            Console.WriteLine($"groups of {reached.Group,6:0.#}: journal on PostgreSQL {reached.PerSecond,7:0}/s");
            var key = group.ToString(CultureInfo.InvariantCulture);
            measured.Add(new Measurement($"postgres_journal_{key}", $"journal on PostgreSQL, groups of {reached.Group:0.#}", reached.PerSecond, "transitions/s") { Samples = reached.Transitions });
        }

        return measured;
    }
}
