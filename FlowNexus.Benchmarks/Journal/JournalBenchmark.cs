using System.Globalization;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>The journal alone against the raw limit of SQLite: same tables, same rows, same groups, each on a fresh database.</summary>
internal static class JournalBenchmark
{
    private const int Rounds = 5;
    private static readonly int[] Groups = [1, 32, 256, 1000];

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        var measured = new List<Measurement>();
        foreach (var group in Groups)
        {
            var limits = new List<(double PerSecond, long Transitions)>();
            var results = new List<(double PerSecond, long Transitions, double Group)>();
            using (var raw = new RawSqlite(await CreateAsync(space.Fresh("raw"))))
            using (var journal = new JournalUnderLoad(new SqliteJournalStore(await CreateAsync(space.Fresh("journal")))))
            {
                // While one group commits, the next gathers: twice the callers make groups of that size.
                var callers = group == 1 ? 1 : 2 * group;
                var slice = command.Duration / Rounds;
                raw.Measure(group, slice);
                await journal.MeasureAsync(callers, slice, cancellationToken);

                // In turns, so that whatever else the machine does falls on both.
                for (var round = 0; round < Rounds; round++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    limits.Add(raw.Measure(group, slice));
                    results.Add(await journal.MeasureAsync(callers, slice, cancellationToken));
                }
            }

            var limit = (PerSecond: limits.Average(one => one.PerSecond), Transitions: limits.Sum(one => one.Transitions));
            var reached = (PerSecond: results.Average(one => one.PerSecond), Transitions: results.Sum(one => one.Transitions), Group: results.Average(one => one.Group));
            var share = 100 * reached.PerSecond / limit.PerSecond;
            Console.WriteLine($"groups of {group,4}: raw {limit.PerSecond,7:0}/s, journal {reached.PerSecond,7:0}/s in groups of {reached.Group:0.#}, {share:0} %");
            var key = group.ToString(CultureInfo.InvariantCulture);
            measured.Add(new Measurement($"raw_{key}", $"raw SQLite, groups of {key}", limit.PerSecond, "transitions/s") { Samples = limit.Transitions });
            measured.Add(new Measurement($"journal_{key}", $"journal, groups of {reached.Group:0.#}", reached.PerSecond, "transitions/s") { Samples = reached.Transitions });
            measured.Add(new Measurement($"journal_share_{key}", "journal, share of the raw limit", share, "%") { Target = Targets.JournalShare });
        }

        return measured;
    }

    /// <summary>A database as the product creates it, with the one workflow whose counter is kept.</summary>
    private static async Task<string> CreateAsync(string path)
    {
        using var folder = DataFolder.Open(path, path);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        var transition = new Transition();
        transition.Insert(Tables.Workflows, W1Rows.Workflow());
        await database.Journal.CommitAsync(transition);
        return folder.Database;
    }
}
