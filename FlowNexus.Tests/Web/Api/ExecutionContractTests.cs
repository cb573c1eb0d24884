using System.Diagnostics;
using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

public abstract class ExecutionContractTests(ServerFixture server)
{
    private const string Pipeline = """
        {"name":"Pipeline","steps":[
          {"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract data from multiple sources"},
          {"name":"data_processing","type":"agent","agent_type":"analyst","description":"Clean and process extracted data"},
          {"name":"report_generation","type":"agent","agent_type":"coder","description":"Generate comprehensive reports"}]}
        """;

    private const string Sleeper = """{"name":"Sleeper","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"1h"},{"name":"b","type":"transform","set":{"x":2}}]}""";

    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Execute_Async_AnswersWithTheContractsFields()
    {
        var id = await _api.CreateAsync(Pipeline);
        var started = await _api.PostAsync($"workflows/{id}/execute", """{"input_data":{"dataset":"small_sample","output_format":"markdown"},"async":true,"priority":"high"}""");
        Assert.Equal(HttpStatusCode.Accepted, started.Status);
        started.Body.DemandFields("success", "execution_id", "workflow_id", "workflow_name", "status", "started_at", "estimated_completion", "queue_position", "steps_total", "steps_completed", "current_step");
        Assert.Equal(("high", 3, "data_extraction"), (started.Body.Text("priority"), started.Body["steps_total"]!.GetValue<int>(), started.Body.Text("current_step")));

        var ended = await _api.EndOfAsync(started.Body.Text("execution_id"));
        Assert.Equal("completed", ended.Text("status"));
        ended.DemandFields("success", "execution_id", "workflow_id", "status", "progress", "current_step", "completed_steps", "pending_steps", "metrics");
        Assert.Equal(100, ended.Number("progress"));
        Assert.All(ended["completed_steps"]!.AsArray(), step => step!.DemandFields("name", "status", "duration", "agent_id", "output_size"));
        Assert.Equal(3, ended["completed_steps"]!.AsArray().Count);
        ended["metrics"]!.DemandFields("total_execution_time", "credits_used", "data_processed", "agent_switches");
        Assert.True(ended["metrics"]!.Number("credits_used") > 0);
    }

    [Fact]
    public async Task Execute_Sync_WaitsAndAnswersWithTheOutput()
    {
        var id = await _api.CreateAsync("""{"name":"sum","steps":[{"name":"add","type":"transform","set":{"sum":"{{ input.a + input.b }}"}}]}""");
        var ended = await _api.PostAsync($"workflows/{id}/execute", """{"input_data":{"a":2,"b":3},"async":false,"timeout":30000}""");
        Assert.Equal((HttpStatusCode.OK, "completed"), (ended.Status, ended.Body.Text("status")));
        Assert.Equal(5, ended.Body["output"]!["add"]!["sum"]!.GetValue<int>());
    }

    [Fact]
    public async Task Execute_SyncWithAShortTimeout_Is504AndTheExecutionGoesOn()
    {
        var id = await _api.CreateAsync("""{"name":"nap","steps":[{"name":"nap","type":"delay","duration":"2s"}]}""");
        var late = await _api.PostAsync($"workflows/{id}/execute", """{"async":false,"timeout":100}""");
        Assert.Equal((HttpStatusCode.GatewayTimeout, "EXECUTION_TIMEOUT"), (late.Status, late.Code));
        Assert.True(late.Body["details"]!["still_running"]!.GetValue<bool>());
        Assert.Equal("completed", (await _api.EndOfAsync(late.Body["details"]!.Text("execution_id"))).Text("status"));
    }

    [Fact]
    public async Task Execute_OfAnUnknownWorkflow_Is404WhateverTheIdLooksLike()
    {
        var missing = await _api.PostAsync("workflows/invalid_id/execute");
        Assert.Equal((HttpStatusCode.NotFound, "WORKFLOW_NOT_FOUND"), (missing.Status, missing.Code));
    }

    [Fact]
    public async Task Execute_WithInputThatDoesNotFit_Is422WithPointers()
    {
        var id = await _api.CreateAsync("""{"name":"typed","input_schema":{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}},"steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        var refused = await _api.PostAsync($"workflows/{id}/execute", """{"input_data":{"n":"many"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_INPUT_DATA"), (refused.Status, refused.Code));
        Assert.Contains(refused.Body["details"]!.AsArray(), detail => detail!.Text("pointer").EndsWith("/n", StringComparison.Ordinal));
        Assert.Equal(0, (await _api.GetAsync($"executions?workflow_id={id}")).Body["total_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task IdempotencyKey_SentFiftyTimesAtOnce_GivesOneExecution()
    {
        var id = await _api.CreateAsync("""{"name":"once","steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"nap","type":"delay","duration":"100ms"}]}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _api.PostAsync($"workflows/{id}/execute", "{}", ("Idempotency-Key", "order-7"))));
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.Accepted, answer.Body.ToJsonString()));
        var execution = Assert.Single(answers.Select(answer => answer.Body.Text("execution_id")).Distinct());
        Assert.Equal("completed", (await _api.EndOfAsync(execution)).Text("status"));
        Assert.Equal(execution, (await _api.PostAsync($"workflows/{id}/execute", "{}", ("Idempotency-Key", "order-7"))).Body.Text("execution_id"));
        Assert.Equal(1, (await _api.GetAsync($"executions?workflow_id={id}")).Body["total_count"]!.GetValue<int>());
        Assert.NotEqual(execution, await _api.StartAsync(id));
    }

    [Fact]
    public async Task Cancel_StopsASleepingExecution_AndASecondOneConflicts()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync(Sleeper));
        await _api.UntilAsync(execution, status => status.Text("status") == "waiting");
        var cancelled = await _api.PostAsync($"executions/{execution}/cancel", """{"reason":"enough"}""");
        Assert.Equal((HttpStatusCode.OK, "cancelled"), (cancelled.Status, cancelled.Body.Text("status")));
        var again = await _api.PostAsync($"executions/{execution}/cancel");
        Assert.Equal((HttpStatusCode.Conflict, "CONFLICT"), (again.Status, again.Code));
    }

    [Fact]
    public async Task PausedExecution_BeginsNothingUntilItIsResumed()
    {
        var execution = await _api.StartAsync(await _api.CreateAsync("""{"name":"paused","steps":[{"name":"nap","type":"delay","duration":"1s"},{"name":"b","type":"transform","set":{"x":2}}]}"""));
        var paused = await _api.PostAsync($"executions/{execution}/pause", """{"reason":"lunch"}""");
        Assert.Equal((HttpStatusCode.OK, "paused"), (paused.Status, paused.Body.Text("status")));
        var rested = await _api.UntilAsync(execution, status => status["completed_steps"]!.AsArray().Count == 1);
        Assert.Equal("paused", rested.Text("status"));
        Assert.Equal(HttpStatusCode.OK, (await _api.PostAsync($"executions/{execution}/resume")).Status);
        Assert.Equal("completed", (await _api.EndOfAsync(execution)).Text("status"));
        Assert.Equal(HttpStatusCode.Conflict, (await _api.PostAsync($"executions/{execution}/resume")).Status);
    }

    [Fact]
    public async Task Delay_WakesNearItsTime()
    {
        var id = await _api.CreateAsync("""{"name":"short nap","steps":[{"name":"nap","type":"delay","duration":"1s"}]}""");
        var since = Stopwatch.GetTimestamp();
        Assert.Equal("completed", (await _api.EndOfAsync(await _api.StartAsync(id))).Text("status"));
        Assert.InRange(Stopwatch.GetElapsedTime(since).TotalSeconds, 1, 15);
    }
}

[Collection(ServerGroup.Name)]
public sealed class SqliteExecutionContractTests(SqliteServerFixture server) : ExecutionContractTests(server);

[Collection(PostgresServerGroup.Name)]
public sealed class PostgresExecutionContractTests(PostgresServerFixture server) : ExecutionContractTests(server);
