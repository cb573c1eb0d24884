using System.Net;
using System.Net.Sockets;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Tests.Scenarios.Recovery;

public sealed class AtMostOnceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-once-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task StepLostWithItsProcess_UnderOnLostFail_IsNotRepeated_AndNotPaidFor()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string execution;
        await using (var server = await StartAsync())
        {
            using var api = new ApiClient(server.Address);
            execution = await api.StartAsync(await api.CreateAsync($$$"""{"name":"once","steps":[{"name":"load","type":"agent","on_lost":"fail","config":{"skill":"extract","url":"http://127.0.0.1:{{{((IPEndPoint)silent.LocalEndpoint).Port}}}/"}}]}"""));
            using var asked = await silent.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await server.KillAsync();
        }

        await using (var server = await StartAsync())
        {
            using var api = new ApiClient(server.Address);
            Assert.Equal("failed", (await api.EndOfAsync(execution)).Text("status"));
        }

        using var folder = DataFolder.Open(_folder, _folder);
        using var database = EngineDatabase.Open(folder, null, new EventFeed(), NullLoggerFactory.Instance);
        await StoredTruth.CheckAsync(database);
        await using var context = database.Read();
        var row = await context.Executions.SingleAsync(x => x.Id == execution, TestContext.Current.CancellationToken);
        Assert.Contains("STEP_LOST", row.Error, StringComparison.Ordinal);
        Assert.Equal(0, row.CreditsMicro);
        Assert.Equal(["charge", "refund"], await context.Ledger.Where(x => x.ExecutionId == execution).OrderBy(x => x.Position).Select(x => x.Kind).ToListAsync(TestContext.Current.CancellationToken));
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(_folder, "--FlowNexus:Http:AllowedHosts:0=127.0.0.1");
}
