using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class ResourceContractTests(ServerFixture server)
{
    private const string Report = """
        {"name":"Report","steps":[
          {"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract the customer data"},
          {"name":"report_generation","type":"agent","agent_type":"coder","description":"Generate a comprehensive report"}]}
        """;

    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Queues_AnswerWithTheContractsFields()
    {
        var queues = (await _api.GetAsync("queues?queue_name=workflow_executions&include_messages=true")).Body;
        queues.DemandFields("success", "queues", "system_health", "throughput_per_minute");
        var queue = Assert.Single(queues["queues"]!.AsArray())!;
        queue.DemandFields("name", "status", "pending_messages", "processing_messages", "completed_today", "failed_today", "average_processing_time", "oldest_message_age");
        Assert.Equal(["workflow_executions", "agent_assignments"], (await _api.GetAsync("queues")).Body["queues"]!.AsArray().Select(one => one!.Text("name")));
        Assert.Equal("QUEUE_NOT_FOUND", (await _api.GetAsync("queues?queue_name=other")).Code);
    }

    [Fact]
    public async Task Audit_AnswersWithTheContractsFieldsInOrder()
    {
        var workflow = await _api.CreateAsync(Report);
        var ended = await _api.EndOfAsync(await _api.StartAsync(workflow, """{"input_data":{"dataset":"small_sample","output_format":"markdown"}}"""));
        Assert.Equal("completed", ended.Text("status"));
        var trail = (await _api.GetAsync($"audit?workflow_id={workflow}&limit=50&start_time=2024-12-01T00:00:00Z&include_details=true")).Body;
        trail.DemandFields("success", "workflow_id", "events", "total_events", "execution_summary");
        trail["execution_summary"]!.DemandFields("total_executions", "success_rate", "average_duration", "total_credits_used");
        var events = trail["events"]!.AsArray();
        Assert.All(events, one => one!.DemandFields("event_id", "type", "timestamp", "details"));
        foreach (var type in new[] { "execution_started", "step_completed", "agent_assigned", "execution_completed" }) Assert.Contains(events, one => one!.Text("type") == type);
        events.First(one => one!.Text("type") == "execution_started")!["details"]!.DemandFields("input_data_size", "triggered_by", "priority");
        events.First(one => one!.Text("type") == "step_completed")!["details"]!.DemandFields("duration", "output_size", "records_processed");
        events.First(one => one!.Text("type") == "agent_assigned")!["details"]!.DemandFields("assignment_method", "match_score");
        Assert.Equal(events.Select(one => one!["position"]!.GetValue<long>()).Order(), events.Select(one => one!["position"]!.GetValue<long>()));

        var chain = (await _api.GetAsync($"audit/{ended.Text("execution_id")}/verify")).Body;
        Assert.True(chain["valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Assign_BindsAnAgentToATaskThatHasNotBegun_AndSaysWhy()
    {
        var workflow = await _api.CreateAsync("""
            {"name":"Bound","steps":[
              {"name":"nap","type":"delay","duration":"2s"},
              {"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract the customer data"}]}
            """);
        var execution = await _api.StartAsync(workflow, """{"input_data":{"dataset":"small_sample"}}""");
        var task = Assert.Single((await _api.GetAsync($"tasks?execution_id={execution}")).Body["tasks"]!.AsArray())!.Text("task_id");
        var assigned = await _api.PostAsync($"tasks/{task}/assign", """{"agent_type":"researcher","use_vector_similarity":true,"requirements":{"skills":["extract"],"experience_level":"intermediate","availability":"immediate"}}""");
        Assert.True(assigned.Status == HttpStatusCode.OK, assigned.Body.ToJsonString());
        assigned.Body.DemandFields("success", "task_id", "assigned_agent", "match_score", "alternatives");
        assigned.Body["assigned_agent"]!.DemandFields("id", "type", "name", "capabilities", "experience_score", "availability", "estimated_completion");
        Assert.All(assigned.Body["alternatives"]!.AsArray(), one => one!.DemandFields("agent_id", "match_score", "reason"));

        var ended = await _api.EndOfAsync(execution);
        Assert.Equal("completed", ended.Text("status"));
        Assert.Equal(assigned.Body["assigned_agent"]!.Text("id"), ended["completed_steps"]!.AsArray().Single(step => step!.Text("name") == "data_extraction")!.Text("agent_id"));
        Assert.Equal("CONFLICT", (await _api.PostAsync($"tasks/{task}/assign")).Code);
        Assert.Equal("TASK_NOT_FOUND", (await _api.PostAsync("tasks/task_none/assign")).Code);
    }

    [Fact]
    public async Task Artifact_ComesAsAnAttachmentThatNobodySniffs()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync(Report), """{"input_data":{"dataset":"small_sample","output_format":"html"}}""");
        Assert.Equal("completed", (await _api.EndOfAsync(execution)).Text("status"));
        var artifacts = (await _api.GetAsync($"executions/{execution}/artifacts")).Body["artifacts"]!.AsArray();
        var id = artifacts.First()!.Text("artifact_id");
        using var response = await _api.Http.GetAsync(new Uri($"artifacts/{id}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains(response.Headers.GetValues("Content-Security-Policy"), policy => policy.StartsWith("sandbox", StringComparison.Ordinal));
        Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("ARTIFACT_NOT_FOUND", (await _api.GetAsync("artifacts/none")).Code);
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteResourceContractTests(SqliteServerFixture server) : ResourceContractTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresResourceContractTests(PostgresServerFixture server) : ResourceContractTests(server);
