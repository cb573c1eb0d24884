using System.Net;
using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Tests.Web.Api;

/// <summary>Answers that need a server with limits of its own.</summary>
public sealed class LimitTests : IDisposable
{
    private const string AgentStep = """{"name":"paid","steps":[{"name":"a","type":"agent","agent_type":"researcher","description":"Extract the customer data"}]}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-limits-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task FullQueue_RefusesWith429_AndTellsWhenToTryAgain()
    {
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:ExecutionQueueCapacity=0", "--FlowNexus:MaxRunningExecutions=1");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync("""{"name":"napping","steps":[{"name":"nap","type":"delay","duration":"1s"},{"name":"b","type":"agent","agent_type":"researcher","description":"Extract the customer data"}]}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => api.PostAsync($"workflows/{workflow}/execute", """{"input_data":{"dataset":"small_sample"}}""")));
        var refused = answers.Where(answer => answer.Status == HttpStatusCode.TooManyRequests).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.Equal("QUEUE_FULL", answer.Code));
        Assert.All(refused, answer => Assert.InRange(answer.RetryAfter!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(300)));

        var accepted = answers.Where(answer => answer.Status == HttpStatusCode.Accepted).ToList();
        Assert.Equal(40, refused.Count + accepted.Count);
        Assert.Equal(accepted.Count, (await api.GetAsync($"executions?workflow_id={workflow}&limit=100")).Body["total_count"]!.GetValue<int>());
        foreach (var answer in accepted) Assert.Equal("completed", (await api.EndOfAsync(answer.Body.Text("execution_id"))).Text("status"));
    }

    [Fact]
    public async Task Queue_RunsByPriority_AndSaysEachPosition()
    {
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:MaxRunningExecutions=1");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync(AgentStep);
        var answers = new List<Answer>();
        for (var i = 0; i < 12; i++) answers.Add(await api.PostAsync($"workflows/{workflow}/execute", $$"""{"input_data":{"dataset":"customer_database"},"priority":{{(i % 3) + 3}}}"""));
        Assert.All(answers, answer => Assert.Equal(answer.Body.Text("status") == "queued", answer.Body["queue_position"] is not null));

        // A task of one that still waits can be bound, and it still gets its turn.
        var waiting = answers.LastOrDefault(answer => answer.Body.Text("status") == "queued");
        if (waiting is not null)
        {
            var task = (await api.GetAsync($"tasks?execution_id={waiting.Body.Text("execution_id")}")).Body["tasks"]![0]!.Text("task_id");
            var bound = await api.PostAsync($"tasks/{task}/assign");
            Assert.True(bound.Status is HttpStatusCode.OK or HttpStatusCode.Conflict, bound.Body.ToJsonString());
        }

        foreach (var answer in answers) Assert.Equal("completed", (await api.EndOfAsync(answer.Body.Text("execution_id"))).Text("status"));
    }

    [Fact]
    public async Task EmptyAccount_RefusesWith402()
    {
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:InitialCredits=0");
        using var api = new ApiClient(server.Address);
        var refused = await api.PostAsync($"workflows/{await api.CreateAsync(AgentStep)}/execute", """{"input_data":{"dataset":"small_sample"}}""");
        Assert.Equal((HttpStatusCode.PaymentRequired, "INSUFFICIENT_CREDITS"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task CreditsThatRunOut_FailTheStepThatCannotBePaid_AndTheAccountStaysAboveZero()
    {
        await using var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:InitialCredits=8");
        using var api = new ApiClient(server.Address);
        var workflow = await api.CreateAsync(AgentStep);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => api.PostAsync($"workflows/{workflow}/execute", """{"input_data":{"dataset":"small_sample"}}""")));
        List<string> statuses = [];
        foreach (var answer in answers.Where(answer => answer.Status == HttpStatusCode.Accepted)) statuses.Add((await api.EndOfAsync(answer.Body.Text("execution_id"))).Text("status"));
        Assert.Contains("completed", statuses);
        Assert.All(statuses, status => Assert.True(status is "completed" or "failed"));
        Assert.True(statuses.Contains("failed") || answers.Any(answer => answer.Code == "INSUFFICIENT_CREDITS"));
        await server.KillAsync();
        using var folder = Engine.Hosting.DataFolder.Open(_folder, _folder);
        using var database = Engine.Storage.EngineDatabase.Open(folder, null, new Engine.Audit.EventFeed(), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
    }

    [Fact]
    public async Task NoEnabledAgent_RefusesWith503()
    {
        await using (var first = await ServerProcess.StartAsync(_folder)) await first.KillAsync();
        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "flownexus.db")};Pooling=False"))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "UPDATE agents SET enabled = 0";
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        await using var server = await ServerProcess.StartAsync(_folder);
        using var api = new ApiClient(server.Address);
        var refused = await api.PostAsync($"workflows/{await api.CreateAsync(AgentStep)}/execute", """{"input_data":{"dataset":"small_sample"}}""");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "AGENT_UNAVAILABLE"), (refused.Status, refused.Code));
    }
}
