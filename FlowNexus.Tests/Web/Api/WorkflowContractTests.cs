using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class WorkflowContractTests(ServerFixture server)
{
    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Create_OfTheContractsExample_AnswersWithItsFields()
    {
        var created = await _api.PostAsync("workflows", """
            {"name":"Data Processing Pipeline","description":"Process and analyze customer data","priority":5,
             "steps":[{"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources"},
                      {"name":"data_processing","type":"agent","agent_type":"analyst","description":"Clean and process extracted data"},
                      {"name":"report_generation","type":"agent","agent_type":"coder","description":"Generate comprehensive reports"}],
             "triggers":[{"type":"schedule","cron":"0 9 * * 1"}]}
            """);
        Assert.Equal(HttpStatusCode.Created, created.Status);
        created.Body.DemandFields("success", "workflow_id", "name", "description", "status", "priority", "features", "estimated_execution_time", "created_at");
        Assert.True(created.Body["success"]!.GetValue<bool>());
        Assert.Equal(("active", 5), (created.Body.Text("status"), created.Body["priority"]!.GetValue<int>()));
        Assert.Equal(["message_queues", "audit_trail", "agent_assignment", "real_time_monitoring"], created.Body["features"]!.AsArray().Select(feature => feature!.GetValue<string>()));
        Assert.Matches(@"^\d+-\d+ (seconds|minutes|hours)$", created.Body.Text("estimated_execution_time"));
        Assert.EndsWith("Z", created.Body.Text("created_at"), StringComparison.Ordinal);
        Assert.StartsWith("workflow_", created.Body.Text("workflow_id"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AnswersWithTheContractsFieldsAndPages()
    {
        for (var i = 0; i < 3; i++) await _api.CreateAsync("""{"name":"listed","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        var page = (await _api.GetAsync("workflows?status=active&limit=2&offset=0&sort_by=created_at&order=desc")).Body;
        page.DemandFields("success", "workflows", "total_count", "has_more");
        Assert.Equal(2, page["workflows"]!.AsArray().Count);
        Assert.True(page["has_more"]!.GetValue<bool>());
        page["workflows"]![0]!.DemandFields("id", "name", "description", "status", "executions_count", "last_executed", "success_rate", "average_duration");

        var total = page["total_count"]!.GetValue<int>();
        var last = (await _api.GetAsync($"workflows?status=active&limit=2&offset={total - 1}")).Body;
        Assert.Single(last["workflows"]!.AsArray());
        Assert.False(last["has_more"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Versions_AreComparedAndRestored_AsANewOne()
    {
        var id = await _api.CreateAsync("""{"name":"versioned","steps":[{"name":"a","type":"transform","value":1}]}""");
        await _api.SendAsync(HttpMethod.Put, $"workflows/{id}", """{"name":"versioned","priority":"high","steps":[{"name":"a","type":"transform","value":2},{"name":"b","type":"end"}]}""");

        var diff = (await _api.GetAsync($"workflows/{id}/versions/2/diff")).Body;
        Assert.Equal("1 step added, 1 changed; priority changed", diff.Text("summary"));
        Assert.Equal(["changed", "added"], diff["steps"]!.AsArray().Select(step => step!.Text("kind")));

        var restored = (await _api.PostAsync($"workflows/{id}/versions/1/restore", "{}")).Body;
        Assert.Equal((3, 2), (restored["version"]!.GetValue<int>(), restored["active_version"]!.GetValue<int>()));
        Assert.Single(diff["steps"]![0]!["fields"]!.AsArray());
        Assert.Equal("Nothing changed", (await _api.GetAsync($"workflows/{id}/versions/3/diff?with=1")).Body.Text("summary"));
        Assert.Equal(HttpStatusCode.NotFound, (await _api.GetAsync($"workflows/{id}/versions/9/diff")).Status);
    }

    [Fact]
    public async Task InvalidDefinition_IsRefusedWithAPointerToEachMistake()
    {
        var refused = await _api.PostAsync("workflows", """{"name":"x","steps":[{"name":"a","type":"transform","set":{"x":1},"depends_on":["nobody"]},{"name":"b","type":"no_such_type"}]}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_DEFINITION"), (refused.Status, refused.Code));
        refused.Body.DemandFields("success", "code", "message", "details", "type", "title", "status", "trace_id");
        Assert.False(refused.Body["success"]!.GetValue<bool>());
        var pointers = refused.Body["details"]!.AsArray().Select(detail => detail!.Text("pointer")).ToList();
        Assert.Contains(pointers, pointer => pointer.StartsWith("/steps/0/depends_on", StringComparison.Ordinal));
        Assert.Contains("/steps/1/type", pointers);
    }

    [Fact]
    public async Task Put_WithAStaleIfMatch_IsRefusedAndChangesNothing()
    {
        var id = await _api.CreateAsync("""{"name":"first","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        var read = await _api.GetAsync($"workflows/{id}");
        var saved = await _api.SendAsync(HttpMethod.Put, $"workflows/{id}", """{"name":"second","steps":[{"name":"a","type":"transform","set":{"x":2}}]}""", ("If-Match", read.ETag!));
        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.NotEqual(read.ETag, saved.ETag);

        var stale = await _api.SendAsync(HttpMethod.Put, $"workflows/{id}", """{"name":"third","steps":[{"name":"a","type":"transform","set":{"x":3}}]}""", ("If-Match", read.ETag!));
        Assert.Equal((HttpStatusCode.PreconditionFailed, "VERSION_CONFLICT"), (stale.Status, stale.Code));
        var after = await _api.GetAsync($"workflows/{id}");
        Assert.Equal(("second", saved.ETag), (after.Body.Text("name"), after.ETag));
        Assert.Equal(2, after.Body["version"]!.GetValue<int>());
    }

    [Fact]
    public async Task ParallelSaves_OfOneRevision_LetExactlyOneWin()
    {
        var id = await _api.CreateAsync("""{"name":"raced","steps":[{"name":"a","type":"transform","set":{"x":0}}]}""");
        var tag = (await _api.GetAsync($"workflows/{id}")).ETag!;
        var answers = await Task.WhenAll(Enumerable.Range(1, 10).Select(n => _api.SendAsync(HttpMethod.Put, $"workflows/{id}", $$"""{"name":"raced","steps":[{"name":"a","type":"transform","set":{"x":{{n}} } } ]}""", ("If-Match", tag))));
        Assert.Equal(1, answers.Count(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.PreconditionFailed));
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteWorkflowContractTests(SqliteServerFixture server) : WorkflowContractTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresWorkflowContractTests(PostgresServerFixture server) : WorkflowContractTests(server);
