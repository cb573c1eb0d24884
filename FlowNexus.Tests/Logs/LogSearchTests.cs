using System.Diagnostics;
using System.Globalization;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Logs;

public abstract class LogSearchTests(Store store) : StoreTest(store)
{
    private const int Lines = 100_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(300);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Search_InAHundredThousandLinesOfOneExecution_AnswersWithin300Milliseconds()
    {
        await using var writer = new LogWriter(Database.Engine, TimeProvider.System, NullLogger<LogWriter>.Instance);
        var id = await FillAsync(writer);
        var find = new FindLogs(Database.Engine, writer);
        LogFilter[] searches =
        [
            new() { Search = "needle" },
            new() { Search = "nowhere at all" },
            new() { Step = "step 7", Level = "error" },
            new() { Search = "\"row\":99999" },
            new() { Before = long.MaxValue },
            new() { Search = "needle", Before = long.MaxValue, Limit = 1000 },
        ];
        foreach (var search in searches)
        {
            var best = TimeSpan.MaxValue;
            for (var round = 0; round < 5; round++)
            {
                var since = Stopwatch.GetTimestamp();
                await find.RunAsync(Principal.LocalOwner, id, search, TestContext.Current.CancellationToken);
                var took = Stopwatch.GetElapsedTime(since);
                if (took < best) best = took;
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{search}: {best.TotalMilliseconds:0} ms");
            Assert.True(best < Limit, $"{search} took {best.TotalMilliseconds:0} ms.");
        }

        Assert.Equal(10, (await find.RunAsync(Principal.LocalOwner, id, searches[0], TestContext.Current.CancellationToken)).Logs.Count);
    }

    private async Task<string> FillAsync(LogWriter writer)
    {
        var execution = Rows.Execution("exec_searched");
        var transition = new Transition();
        transition.Insert(Tables.Executions, execution);
        await Database.Engine.Journal.CommitAsync(transition);
        for (var i = 0; i < Lines; i++)
        {
            var row = new LogRow
            {
                ExecutionId = execution.Id,
                Ordinal = i % 10,
                StepName = string.Create(CultureInfo.InvariantCulture, $"step {i % 10}"),
                Item = -1,
                Attempt = 1,
                Level = i % 1000 == 7 ? 3 : 1,
                At = i,
                Message = i % 10_000 == 5 ? "Here is the needle." : "Read 1,000 rows from customer_analytics and kept those whose date lies in 2024-Q1.",
                Fields = string.Create(CultureInfo.InvariantCulture, $$"""{"row":{{i}},"kind":"dataset","columns":12}"""),
            };
            while (!writer.Write(row)) await writer.FlushAsync(TestContext.Current.CancellationToken);
        }

        await using var context = Database.Engine.Read();
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);
        while (context.StepLogs.Count() < Lines && TimeProvider.System.GetUtcNow() < until) await writer.FlushAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Lines, context.StepLogs.Count());
        return execution.Id;
    }
}

public sealed class SqliteLogSearchTests() : LogSearchTests(Store.Sqlite);

public sealed class PostgresLogSearchTests() : LogSearchTests(Store.Postgres);
