using System.Data.Common;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Audit;

public sealed class SqliteAuditListTests() : AuditListTests(Store.Sqlite)
{
    /// <summary>What SQLite knew of a database with ten million events.</summary>
    private const string Counted = """
        ANALYZE; DELETE FROM sqlite_stat1;
        INSERT INTO sqlite_stat1 VALUES
            ('events', 'IX_events_workflow_id_position', '10527962 667 1'),
            ('events', 'IX_events_type_position', '2600000 300000 1'),
            ('events', 'IX_events_workflow_id_type_position', '2600000 667 200 1'),
            ('events', 'IX_events_stream_seq', '10527962 11 1');
        """;

    /// <summary>The first rows of a part come from one index in their order, however many events there are of other types.</summary>
    [Theory]
    [InlineData("workflow_1", "step_failed", "IX_events_workflow_id_type_position")]
    [InlineData(null, "step_failed", "IX_events_type_position")]
    [InlineData("workflow_1", "step_completed", "IX_events_workflow_id_position")]
    [InlineData("workflow_1", null, "IX_events_workflow_id_position")]
    public async Task FirstRows_OfEveryFilter_ComeFromAnIndexInOrder(string? workflow, string? type, string index)
    {
        Database.Tamper(Counted);
        Database.Reopen();
        await using var context = Database.Engine.Read();
        var part = Assert.Single(await GetAuditTrail.PartsAsync(context, new AuditFilter { WorkflowId = workflow, Types = type }));
        await using var command = part.Where(row => row.Position > 0).OrderBy(row => row.Position).Take(51).CreateDbCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
        await context.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using DbDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        List<string> lines = [];
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) lines.Add(reader.GetString(3));
        var plan = string.Join("\n", lines);

        Assert.True(plan.Contains(index + " ", StringComparison.Ordinal), plan);
        Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
    }
}

public sealed class PostgresAuditListTests() : AuditListTests(Store.Postgres);

public abstract class AuditListTests(Store store) : StoreTest(store)
{
    private static readonly string[] Types = ["step_completed", "step_failed", "execution_failed", "execution_queued", "step_retrying"];

    [Theory]
    [InlineData("workflow_1", "step_failed")]
    [InlineData("workflow_1", "step_failed,execution_failed")]
    [InlineData("workflow_1", "step_failed,step_completed,execution_queued,step_failed")]
    [InlineData(null, "step_retrying,step_completed,execution_failed")]
    [InlineData(null, "step_completed")]
    [InlineData(null, "no_such_type")]
    public async Task Pages_OfAnyTypes_GiveEachEventOnceInOrder(string? workflow, string types)
    {
        var rows = await FillAsync();
        List<string> expected = [.. rows.Where(row => types.Split(',').Contains(row.Type) && (workflow is null || row.WorkflowId == workflow)).Select(row => row.EventId)];
        var trail = new GetAuditTrail(Database.Engine);
        var filter = new AuditFilter { WorkflowId = workflow, Types = types, Limit = 7 };
        List<string> found = [];
        AuditTrail page;
        do
        {
            page = await trail.RunAsync(Principal.LocalOwner, filter);
            found.AddRange(page.Events.Select(one => one.EventId));
            Assert.Equal(expected.Count, page.TotalEvents);
            filter = filter with { Cursor = page.NextCursor };
        }
        while (page.NextCursor is not null);

        Assert.Equal(expected, found);
    }

    private async Task<List<EventRow>> FillAsync()
    {
        var transition = new Transition();
        transition.Insert(Tables.Workflows, Rows.Workflow("workflow_1", "One"));
        transition.Insert(Tables.Workflows, Rows.Workflow("workflow_2", "Other"));
        List<EventRow> rows = [];
        for (var number = 1; number <= 120; number++)
        {
            var row = Rows.Event("stream", number);
            row.Type = Types[number % Types.Length];
            row.WorkflowId = number % 3 == 0 ? "workflow_2" : "workflow_1";
            rows.Add(row);
            transition.Tell(row);
        }

        await Database.Engine.Journal.CommitAsync(transition);
        return rows;
    }
}
