using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Workflows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Tests.Triggers.Schedule;

/// <summary>The real engine on a data folder, in a host of its own.</summary>
internal sealed class RunningEngine : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly IHost _host;

    private RunningEngine(IHost host) => _host = host;

    public static async Task<RunningEngine> StartAsync(string folder, TimeProvider? time = null, string? connectionString = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["FlowNexus:DataFolder"] = folder, ["FlowNexus:Database:ConnectionString"] = connectionString });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.AddFlowNexusEngine();
        var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new RunningEngine(host);
    }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public async Task<string> CreateAsync(string triggers, string? inputSchema = null) =>
        (await Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, Source(triggers, inputSchema))).Row.Id;

    public Task UpdateAsync(string workflowId, string triggers) => Get<SaveWorkflow>().UpdateAsync(Principal.LocalOwner, workflowId, Source(triggers, null), null);

    public Task SetStatusAsync(string workflowId, string status) => Get<ChangeWorkflowStatus>().RunAsync(Principal.LocalOwner, workflowId, status);

    public async Task<List<TickRow>> TicksAsync(string workflowId)
    {
        await using var context = Get<EngineDatabase>().Read();
        return await context.Ticks.Where(row => row.WorkflowId == workflowId).OrderBy(row => row.DueAt).ToListAsync(TestContext.Current.CancellationToken);
    }

    public async Task<List<ExecutionRow>> ExecutionsAsync(string workflowId)
    {
        await using var context = Get<EngineDatabase>().Read();
        return await context.Executions.Where(row => row.WorkflowId == workflowId).OrderBy(row => row.Id).ToListAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Looks again after every event until it holds.</summary>
    public async Task<List<TickRow>> TicksWhenAsync(string workflowId, Predicate<List<TickRow>> condition)
    {
        var wake = new SemaphoreSlim(1);
        using var subscription = Get<EventFeed>().Subscribe(_ => wake.Release());
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        while (true)
        {
            await wake.WaitAsync(deadline.Token);
            var ticks = await TicksAsync(workflowId);
            if (condition(ticks)) return ticks;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        if (_host is IAsyncDisposable disposable) await disposable.DisposeAsync();
        else _host.Dispose();
    }

    private static JsonObject Source(string triggers, string? inputSchema) => JsonNode.Parse($$"""
        {
          "name": "Scheduled",
          "steps": [ { "name": "one", "type": "transform", "set": { "at": 1 } } ],
          "triggers": [ {{triggers}} ],
          "input_schema": {{inputSchema ?? "{\"type\":\"object\"}"}}
        }
        """)!.AsObject();
}
