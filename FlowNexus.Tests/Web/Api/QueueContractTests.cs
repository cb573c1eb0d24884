using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

/// <summary>Limits, delays, time to live, dead letters and reasons, on servers of their own.</summary>
public sealed class QueueContractTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-queues-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task WorkflowLimit_HoldsAcrossAKill_WhileItsExecutionsWait_AndSaysWhy()
    {
        string workflow, first, second, third;
        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            workflow = await api.CreateAsync("""{"name":"Invoices","configuration":{"concurrency":{"limit":1}},"steps":[{"name":"nap","type":"delay","duration":"3s"}]}""");
            first = await api.StartAsync(workflow);
            (second, third) = (await api.StartAsync(workflow), await api.StartAsync(workflow));
            await api.UntilAsync(first, status => status.Text("status") == "waiting");
            var waiting = (await api.GetAsync($"executions/{third}")).Body;
            Assert.Equal("queued", waiting.Text("status"));
            Assert.Equal("Second in line; workflow 'Invoices' already runs its limit of 1.", waiting["execution"]!.Text("waiting_reason"));
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            List<(DateTimeOffset From, DateTimeOffset To)> spans = [];
            foreach (var id in new[] { first, second, third })
            {
                await api.EndOfAsync(id);
                var execution = (await api.GetAsync($"executions/{id}")).Body["execution"]!;
                spans.Add((DateTimeOffset.Parse(execution.Text("started_at")), DateTimeOffset.Parse(execution.Text("finished_at"))));
            }

            Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.True(pair.Second.From >= pair.First.To, $"{pair.Second.From:O} is before {pair.First.To:O}."));
            Assert.Equal(0, (await api.GetAsync("queues?queue_name=workflow_executions")).Body["queues"]![0]!["pending_messages"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task KeyLimit_LetsOtherKeysPass_AndRefusesInputWithoutTheKey()
    {
        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"per customer","configuration":{"concurrency":{"limit":1,"key":"{{ input.customer }}"}},"steps":[{"name":"nap","type":"delay","duration":"20s"}]}""");
        var acme = await api.StartAsync(workflow, """{"input_data":{"customer":"acme"}}""");
        var again = await api.PostAsync($"workflows/{workflow}/execute", """{"input_data":{"customer":"acme"}}""");
        var other = await api.StartAsync(workflow, """{"input_data":{"customer":"bolt"}}""");
        await api.UntilAsync(other, status => status.Text("status") == "waiting");
        await api.UntilAsync(acme, status => status.Text("status") == "waiting");
        Assert.Equal(("queued", """Next in line; workflow 'per customer' already runs its limit of 1 for "acme"."""), (again.Body.Text("status"), again.Body.Text("waiting_reason")));
        Assert.Equal("INVALID_INPUT_DATA", (await api.PostAsync($"workflows/{workflow}/execute", """{"input_data":{}}""")).Code);

        // The place that a cancelled one leaves goes to the next.
        await api.PostAsync($"executions/{acme}/cancel");
        await api.UntilAsync(again.Body.Text("execution_id"), status => status.Text("status") == "waiting");
    }

    [Theory]
    [InlineData("""{"limit":0}""", "/configuration/concurrency/limit")]
    [InlineData("""{"key":"{{ input.a }}"}""", "/configuration/concurrency/limit")]
    [InlineData("""{"limit":1,"key":"always the same"}""", "/configuration/concurrency/key")]
    [InlineData("""{"limit":1,"key":"{{ steps.a.output.x }}"}""", "/configuration/concurrency/key")]
    public async Task WrongLimit_IsRefusedWhereItStands(string concurrency, string pointer)
    {
        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var refused = await api.PostAsync("workflows", $$$"""{"name":"wrong","configuration":{"concurrency":{{{concurrency}}}},"steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(refused.Body["details"]!.AsArray(), detail => detail!.Text("pointer") == pointer);
    }

    [Fact]
    public async Task Delay_WaitsForItsMoment_AlsoAcrossAKill()
    {
        string delayed;
        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            var workflow = await api.CreateAsync("""{"name":"later","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
            var started = await api.PostAsync($"workflows/{workflow}/execute", """{"delay":3}""");
            delayed = started.Body.Text("execution_id");
            Assert.Equal(HttpStatusCode.Accepted, started.Status);
            Assert.Equal("queued", started.Body.Text("status"));
            Assert.StartsWith("Enters the queue at ", started.Body.Text("waiting_reason"), StringComparison.Ordinal);
            Assert.Equal("INVALID_REQUEST", (await api.PostAsync($"workflows/{workflow}/execute", """{"delay":3,"not_before":"2030-01-01T00:00:00Z"}""")).Code);
            Assert.Equal("INVALID_REQUEST", (await api.PostAsync($"workflows/{workflow}/execute", """{"not_before":"tomorrow"}""")).Code);
            await server.KillAsync();
        }

        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            Assert.Equal("completed", (await api.EndOfAsync(delayed)).Text("status"));
            var execution = (await api.GetAsync($"executions/{delayed}")).Body["execution"]!;
            Assert.True(DateTimeOffset.Parse(execution.Text("started_at")) - DateTimeOffset.Parse(execution.Text("created_at")) >= TimeSpan.FromSeconds(3));
        }
    }

    [Fact]
    public async Task ExpiredMessage_IsADeadLetter_ThatIsRedrivenOrDiscarded()
    {
        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"urgent","configuration":{"queue_ttl":1},"steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
        await api.PostAsync("queues/workflow_executions/pause", """{"reason":"deploy"}""");
        var (first, second) = (await api.StartAsync(workflow), await api.StartAsync(workflow));
        Assert.StartsWith("The queue workflow_executions is paused by user_local since ", (await api.GetAsync($"executions/{first}")).Body["execution"]!.Text("waiting_reason"), StringComparison.Ordinal);
        var messages = (await api.GetAsync("queues?queue_name=workflow_executions&include_messages=true")).Body["queues"]![0]!["messages"]!.AsArray();
        Assert.Equal([first, second], messages.Select(message => message!.Text("execution_id")));
        Assert.Equal([1, 2], messages.Select(message => message!["position"]!.GetValue<int>()));
        Assert.EndsWith("'deploy'.", messages[1]!.Text("waiting_reason"), StringComparison.Ordinal);

        foreach (var id in new[] { first, second })
        {
            var ended = await api.EndOfAsync(id);
            Assert.Equal(("failed", "QUEUE_TTL_EXPIRED"), (ended.Text("status"), (await api.GetAsync($"executions/{id}")).Body["execution"]!["error"]!.Text("code")));
        }

        await api.PostAsync("queues/workflow_executions/resume");
        var dead = (await api.GetAsync("queues/workflow_executions/dead-letters")).Body;
        Assert.Equal(2, dead["total_count"]!.GetValue<int>());
        Assert.Equal(2, (await api.GetAsync("queues?queue_name=workflow_executions")).Body["queues"]![0]!["dead_letters"]!.GetValue<int>());
        Assert.All(dead["dead_letters"]!.AsArray(), one => Assert.Equal(("QUEUE_TTL_EXPIRED", "urgent"), (one!.Text("code"), one!.Text("workflow_name"))));

        var redriven = await api.PostAsync($"queues/workflow_executions/dead-letters/{first}/redrive");
        Assert.Equal((HttpStatusCode.Accepted, first), (redriven.Status, redriven.Body.Text("retry_of")));
        Assert.Equal("completed", (await api.EndOfAsync(redriven.Body.Text("execution_id"))).Text("status"));
        Assert.Equal(HttpStatusCode.OK, (await api.PostAsync($"queues/workflow_executions/dead-letters/{second}/discard")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await api.PostAsync($"queues/workflow_executions/dead-letters/{second}/redrive")).Status);
        Assert.Equal("QUEUE_NOT_FOUND", (await api.GetAsync("queues/nowhere/dead-letters")).Code);
        Assert.Equal(0, (await api.GetAsync("queues/workflow_executions/dead-letters")).Body["total_count"]!.GetValue<int>());
        Assert.True((await api.GetAsync("audit/queue_workflow_executions/verify")).Body["valid"]!.GetValue<bool>());
        Assert.True((await api.GetAsync($"audit/{first}/verify")).Body["valid"]!.GetValue<bool>());
    }

    [Fact]
    public async Task TaskThatWaits_SaysWhy_AndAFullTaskQueueRefusesWhatNeedsAgents()
    {
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:TaskQueueCapacity=1");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"w","steps":[{"name":"load","type":"agent","config":{"skill":"extract","dataset":"small_sample"}}]}""");
        await api.PostAsync("queues/agent_assignments/pause", """{"reason":"audit"}""");
        var execution = await api.StartAsync(workflow);
        var waiting = await api.UntilAsync(execution, status => status["current_step"]?["waiting_reason"] is not null);
        Assert.EndsWith("'audit'.", waiting["current_step"]!.Text("waiting_reason"), StringComparison.Ordinal);
        Assert.EndsWith("'audit'.", waiting["execution"]!.Text("waiting_reason"), StringComparison.Ordinal);
        var task = (await api.GetAsync($"tasks?execution_id={execution}")).Body["tasks"]![0]!;
        Assert.Equal(1, task["queue_position"]!.GetValue<int>());
        Assert.EndsWith("'audit'.", task.Text("waiting_reason"), StringComparison.Ordinal);
        var refused = await api.PostAsync($"workflows/{workflow}/execute");
        Assert.Equal("QUEUE_FULL", refused.Code);
        Assert.InRange(refused.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300));
        await api.PostAsync("queues/agent_assignments/resume");
        Assert.Equal("completed", (await api.EndOfAsync(execution)).Text("status"));
    }

    [Fact]
    public async Task ExecutionThatCannotBeLoaded_EndsAmongTheDeadLetters_AndKeepsNobodyWaiting()
    {
        string poisoned, workflow;
        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            workflow = await api.CreateAsync("""{"name":"p","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""");
            await api.PostAsync("queues/workflow_executions/pause");
            poisoned = await api.StartAsync(workflow);
            await server.KillAsync();
        }

        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Combine(_folder, "flownexus.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE executions SET version = 99";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using (var server = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(server.Address);
            await api.PostAsync("queues/workflow_executions/resume");
            Assert.Equal("completed", (await api.EndOfAsync(await api.StartAsync(workflow))).Text("status"));
            using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            while (true)
            {
                var dead = (await api.GetAsync("queues/workflow_executions/dead-letters")).Body["dead_letters"]!.AsArray();
                if (dead.Count == 1)
                {
                    Assert.Equal((poisoned, "QUEUE_POISONED"), (dead[0]!.Text("id"), dead[0]!.Text("code")));
                    break;
                }

                await Task.Delay(100, enough.Token);
            }

            Assert.Equal("failed", (await api.GetAsync($"executions?workflow_id={workflow}&status=failed")).Body["executions"]![0]!.Text("status"));
            Assert.True((await api.GetAsync($"audit/{poisoned}/verify")).Body["valid"]!.GetValue<bool>());
        }
    }
}
