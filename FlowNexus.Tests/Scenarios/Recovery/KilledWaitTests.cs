using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Recovery;

public sealed class KilledWaitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-wait-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SignalsThatWereKept_AndStepsThatWait_SurviveAKill()
    {
        string id;
        await using (var first = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(first.Address);
            id = await api.StartAsync(await api.CreateAsync("""{"name":"waits","steps":[{"name":"a","type":"wait_for_signal"},{"name":"b","type":"wait_for_signal"},{"name":"c","type":"transform","value":"{{ steps.b.output.data }}"}]}"""));
            await api.UntilAsync(id, status => status.Text("status") == "waiting");
            Assert.Equal("kept", (await api.PostAsync($"executions/{id}/signals/b", """{"data":[1,"two"]}""", ("Idempotency-Key", "b1"))).Body.Text("outcome"));
            await first.KillAsync();
        }

        await using (var second = await ServerProcess.StartAsync(_folder))
        {
            using var api = new ApiClient(second.Address);
            Assert.Equal("kept", (await api.PostAsync($"executions/{id}/signals/b", """{"data":[1,"two"]}""", ("Idempotency-Key", "b1"))).Body.Text("outcome"));
            Assert.Equal("delivered", (await api.PostAsync($"executions/{id}/signals/a")).Body.Text("outcome"));
            Assert.Equal("""{"c":[1,"two"]}""", (await api.EndOfAsync(id))["execution"]!["output"]!.ToJsonString());
        }

        using var folder = DataFolder.Open(_folder, _folder);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        Assert.Equal(2, await context.Signals.CountAsync(row => row.ExecutionId == id && row.TakenBy != null, TestContext.Current.CancellationToken));
    }
}
