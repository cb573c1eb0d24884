using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Insights;

public sealed class SqliteEndedExecutionsTests() : EndedExecutionsTests(Store.Sqlite)
{
    /// <summary>However many there are, they are counted without a look at their rows.</summary>
    [Fact]
    public async Task Counting_ReadsTheIndexOnly()
    {
        await using var context = Database.Engine.Read();
        var (start, end) = (1L, 2L);
        await using var command = context.Executions
            .Where(row => new[] { "completed", "failed", "cancelled", "timed_out" }.Contains(row.Status) && row.FinishedAt >= start && row.FinishedAt < end)
            .GroupBy(row => new { row.Status, Bucket = (row.FinishedAt!.Value - start) / end })
            .Select(group => new { group.Key.Status, group.Key.Bucket, Count = group.LongCount() }).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Contains("COVERING INDEX IX_executions_status_finished_at (status=? AND finished_at>? AND finished_at<?)", reader.GetString(3), StringComparison.Ordinal);
    }
}

public sealed class PostgresEndedExecutionsTests() : EndedExecutionsTests(Store.Postgres);

public abstract class EndedExecutionsTests(Store store) : StoreTest(store)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Count_OfAStretch_IsWhatAPlainCountFinds()
    {
        var rows = await FillAsync(2);
        await using var context = Database.Engine.Read();
        var counts = await new EndedExecutions(context, Start, Start + (Hour * 10), Hour).CountAsync();

        var expected = rows.Where(row => row.FinishedAt >= UnixMicros.Of(Start) && row.FinishedAt < UnixMicros.Of(Start + (Hour * 10)))
            .GroupBy(row => (row.Status, Bucket: (int)((row.FinishedAt!.Value - UnixMicros.Of(Start)) / (long)Hour.TotalMicroseconds))).ToDictionary(group => group.Key, group => (long)group.Count());
        Assert.Equal(expected.OrderBy(pair => pair.Key), counts.OrderBy(pair => pair.Key));
        Assert.True(counts.Count > 10);
    }

    [Fact]
    public async Task Measure_OfMoreThanAreRead_StandsForAll()
    {
        await FillAsync(700);
        await using var context = Database.Engine.Read();
        var ended = new EndedExecutions(context, Start, Start + Hour, Hour);
        var counts = await ended.CountAsync();
        var measured = await ended.MeasureAsync(counts);

        Assert.Equal(EndedExecutions.MostOfABucket, measured.Count);
        Assert.Equal(counts[("completed", 0)], measured.Sum(one => one.Stands), 3);
        Assert.All(measured, one => Assert.InRange(one.Seconds, 0, 100));
    }

    [Fact]
    public async Task List_OfWhatEnded_IsInOrderOfTheEnd_AndCountsTheSame()
    {
        var rows = await FillAsync(3);
        var (after, before) = (Start + (Hour * 2), Start + (Hour * 6));
        foreach (var (status, workflow) in new[] { ((string?)null, (string?)null), ("failed,timed_out", null), ("completed", "workflow_1"), ("running", null) })
        {
            await using var context = Database.Engine.Read();
            var filter = new ExecutionFilter { Status = status, WorkflowId = workflow, EndedAfter = after, EndedBefore = before };
            var expected = rows.Where(row => row.FinishedAt >= UnixMicros.Of(after) && row.FinishedAt < UnixMicros.Of(before) && (status is null || status.Split(',').Contains(row.Status)) && (workflow is null || row.WorkflowId == workflow)).ToList();
            var counted = 0;
            List<string> found = [];
            foreach (var part in await ExecutionSelection.PartsAsync(context, filter, wanted: 50))
            {
                counted += await part.Counted.CountUpToAsync();
                found.AddRange(await part.InOrder.OrderByDescending(row => row.FinishedAt).ThenByDescending(row => row.Id).Select(row => row.Id).ToListAsync(TestContext.Current.CancellationToken));
            }

            Assert.Equal(expected.Count, counted);
            Assert.Equal(expected.Select(row => row.Id).Order(), found.Order());
        }
    }

    /// <param name="each">In each of 12 hours, from the one before the start.</param>
    private async Task<List<ExecutionRow>> FillAsync(int each)
    {
        string[] statuses = ["completed", "failed", "completed", "cancelled", "timed_out", "completed", "completed"];
        List<ExecutionRow> rows = [];
        var transition = new Transition();
        transition.Insert(Tables.Workflows, Rows.Workflow("workflow_1", "One"));
        for (var hour = -1; hour < 11; hour++)
        {
            for (var number = 0; number < (hour == 0 ? each : Math.Min(each, 20)); number++)
            {
                var end = Start + (Hour * hour) + TimeSpan.FromSeconds(number);
                var row = Rows.Execution(NewId.Execution(end));
                row.WorkflowId = number % 2 == 0 ? "workflow_1" : "workflow_2";
                row.Status = each > 100 ? "completed" : statuses[(hour + 1 + number) % statuses.Length];
                row.StartedAt = UnixMicros.Of(end) - (number % 100 * 1_000_000L);
                row.FinishedAt = UnixMicros.Of(end);
                rows.Add(row);
                transition.Insert(Tables.Executions, row);
            }
        }

        await Database.Engine.Journal.CommitAsync(transition);
        return rows;
    }
}
