using System.Data.Common;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Executions;

public sealed class SqliteExecutionListTests() : ExecutionListTests(Store.Sqlite)
{
    /// <summary>What SQLite knew of a database with a million executions.</summary>
    private const string Counted = """
        ANALYZE; DELETE FROM sqlite_stat1;
        INSERT INTO sqlite_stat1 VALUES
            ('executions', 'IX_executions_workflow_id_status_id', '80981 2001 1001 1'),
            ('executions', 'IX_executions_triggered_by_id', '665783 2001 1'),
            ('executions', 'IX_executions_status_id', '80981 2001 1'),
            ('executions', 'IX_executions_workflow_id_id', '1000000 2001 1'),
            ('executions', 'IX_executions_status_finished_at', '1000000 2001 1'),
            ('executions', 'sqlite_autoindex_executions_1', '1000000 1');
        """;

    /// <summary>The first rows of a part come from one index in their order: nothing is sorted, and no table is read that the index does not lead to.</summary>
    [Theory]
    [InlineData("", "sqlite_autoindex_executions_1")]
    [InlineData("cursor=exec_5", "sqlite_autoindex_executions_1")]
    [InlineData("workflow=workflow_1", "IX_executions_workflow_id_id")]
    [InlineData("status=failed", "IX_executions_status_id")]
    [InlineData("status=waiting", "IX_executions_status_id")]
    [InlineData("status=completed", "sqlite_autoindex_executions_1")]
    [InlineData("workflow=workflow_1 status=failed", "IX_executions_workflow_id_status_id")]
    [InlineData("workflow=workflow_1 status=completed", "IX_executions_workflow_id_id")]
    [InlineData("triggered=schedule", "IX_executions_triggered_by_id")]
    [InlineData("triggered=manual", "sqlite_autoindex_executions_1")]
    [InlineData("workflow=workflow_1 day=1", "IX_executions_workflow_id_id")]
    [InlineData("status=failed day=1", "IX_executions_status_id")]
    [InlineData("day=1", "sqlite_autoindex_executions_1")]
    public async Task FirstRows_OfEveryFilter_ComeFromAnIndexInOrder(string filter, string index)
    {
        Database.Tamper(Counted);
        Database.Reopen();
        var plan = await PlanAsync("EXPLAIN QUERY PLAN ", filter, detail: 3);

        Assert.True(plan.Contains(index, StringComparison.Ordinal), plan);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

public sealed class PostgresExecutionListTests() : ExecutionListTests(Store.Postgres)
{
    /// <summary>With sorting forbidden the planner shows which index it has for it; the sizes that make it choose so are the benchmark's.</summary>
    [Theory]
    [InlineData("", "PK_executions")]
    [InlineData("workflow=workflow_1", "IX_executions_workflow_id_id")]
    [InlineData("status=failed", "IX_executions_status_id")]
    [InlineData("workflow=workflow_1 status=failed", "IX_executions_workflow_id_status_id")]
    [InlineData("triggered=schedule", "IX_executions_triggered_by_id")]
    public async Task FirstRows_OfEveryFilter_CanComeFromAnIndexInOrder(string filter, string index)
    {
        var plan = await PlanAsync("SET enable_sort = off; SET enable_seqscan = off; SET enable_bitmapscan = off; EXPLAIN ", filter, detail: 0);

        Assert.True(plan.Contains(index, StringComparison.Ordinal), plan);
        Assert.DoesNotContain("Sort", plan, StringComparison.Ordinal);
    }
}

public abstract class ExecutionListTests(Store store) : StoreTest(store)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Parts_OfAnyFilter_AreThoseAPlainSearchFinds()
    {
        var rows = await FillAsync();
        foreach (var status in new[] { null, "completed", "failed", "queued", "failed,completed,waiting" })
        {
            foreach (var search in new[] { null, "BILL", "nowhere", rows[7].Id, rows[7].Id["exec_".Length..20], "exec_" })
            {
                foreach (var workflow in new[] { null, "workflow_1" })
                {
                    var filter = new ExecutionFilter { Status = status, Search = search, WorkflowId = workflow, StartTime = Start.AddHours(5), EndTime = Start.AddHours(150) };
                    var expected = rows.Where(row => Fits(row, filter)).Select(row => row.Id).OrderDescending(StringComparer.Ordinal).ToList();
                    var (found, counted) = await FoundAsync(filter);
                    Assert.Equal(expected, found);
                    Assert.Equal(expected.Count, counted);
                }
            }
        }
    }

    [Fact]
    public async Task CountUpTo_MoreRowsThanThat_SaysOneMore()
    {
        await FillAsync();
        await using var context = Database.Engine.Read();

        Assert.Equal(11, await context.Executions.CountUpToAsync(10));
        Assert.Equal(200, await context.Executions.CountUpToAsync(200));
    }

    [Fact]
    public async Task CountUpTo_ReadsNoColumn()
    {
        await using var context = Database.Engine.Read();
        await using var command = context.Executions.Where(row => row.WorkflowId == "w").Select(_ => 1).Take(11).CreateDbCommand();

        Assert.DoesNotContain("input", command.CommandText, StringComparison.Ordinal);
    }

    private protected async Task<string> PlanAsync(string explain, string filter, int detail)
    {
        await using var context = Database.Engine.Read();
        var words = filter.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split('=')).ToDictionary(word => word[0], word => word[1]);
        var parts = await ExecutionSelection.PartsAsync(context, new ExecutionFilter
        {
            WorkflowId = words.GetValueOrDefault("workflow"),
            Status = words.GetValueOrDefault("status"),
            TriggeredBy = words.GetValueOrDefault("triggered"),
            StartTime = words.ContainsKey("day") ? Start : null,
            EndTime = words.ContainsKey("day") ? Start.AddDays(1) : null,
        }, wanted: 50);
        var query = Assert.Single(parts).InOrder;
        if (words.TryGetValue("cursor", out var cursor)) query = query.Where(row => row.Id.CompareTo(cursor) < 0);
        await using var command = query.OrderByDescending(row => row.Id).Select(row => row.Id).Take(50).CreateDbCommand();
        command.CommandText = explain + command.CommandText;
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using DbDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(detail));
        return string.Join("\n", lines) + "\n" + command.CommandText;
    }

    private static bool Fits(ExecutionRow row, ExecutionFilter filter) =>
        (filter.Status is null || filter.Status.Split(',').Contains(row.Status)) &&
        (filter.WorkflowId is null || row.WorkflowId == filter.WorkflowId) &&
        row.CreatedAt >= UnixMicros.Of(filter.StartTime) && row.CreatedAt < UnixMicros.Of(filter.EndTime) &&
        (filter.Search is null || (row.WorkflowId == "workflow_1" && filter.Search == "BILL") || row.Id.StartsWith("exec_" + filter.Search, StringComparison.Ordinal) || row.Id.StartsWith(filter.Search, StringComparison.Ordinal));

    private async Task<(List<string> Found, int Counted)> FoundAsync(ExecutionFilter filter)
    {
        await using var context = Database.Engine.Read();
        List<string> found = [];
        var counted = 0;
        foreach (var part in await ExecutionSelection.PartsAsync(context, filter, wanted: 50))
        {
            found.AddRange(await part.InOrder.OrderByDescending(row => row.Id).Select(row => row.Id).ToListAsync(TestContext.Current.CancellationToken));
            counted += await part.Counted.CountUpToAsync();
        }

        return ([.. found.OrderDescending(StringComparer.Ordinal)], counted);
    }

    private async Task<List<ExecutionRow>> FillAsync()
    {
        string[] statuses = ["completed", "completed", "failed", "waiting", "queued"];
        List<ExecutionRow> rows = [];
        var transition = new Transition();
        transition.Insert(Tables.Workflows, Rows.Workflow("workflow_1", "Billing of the month"));
        transition.Insert(Tables.Workflows, Rows.Workflow("workflow_2", "Something else"));
        for (var number = 0; number < 200; number++)
        {
            var at = Start.AddHours(number);
            var row = Rows.Execution(NewId.Execution(at));
            row.WorkflowId = number % 3 == 0 ? "workflow_1" : "workflow_2";
            row.Status = statuses[number % statuses.Length];
            row.CreatedAt = UnixMicros.Of(at);
            rows.Add(row);
            transition.Insert(Tables.Executions, row);
        }

        await Database.Engine.Journal.CommitAsync(transition);
        return rows;
    }
}
