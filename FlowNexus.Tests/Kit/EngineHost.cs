using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Workflows;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Tests.Kit;

/// <summary>The real engine in this process, with step types of the test's own beside the built-in ones.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-engine-").FullName;
    private readonly IHost _host;

    private EngineHost(StepType[] types, Dictionary<string, string?> settings)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["FlowNexus:DataFolder"] = _folder, ["FlowNexus:DrainSeconds"] = "0" });
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddFlowNexusEngine();
        foreach (var type in types) builder.Services.AddSingleton(type);
        _host = builder.Build();
    }

    public EngineDatabase Database => Get<EngineDatabase>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public static Task<EngineHost> StartAsync(params StepType[] types) => StartAsync(new Dictionary<string, string?>(), types);

    public static Task<EngineHost> StartAsync(string cancelGrace, params StepType[] types) => StartAsync(new Dictionary<string, string?> { ["FlowNexus:CancelGraceSeconds"] = cancelGrace }, types);

    public static async Task<EngineHost> StartAsync(Dictionary<string, string?> settings, params StepType[] types)
    {
        var engine = new EngineHost(types, settings);
        await engine._host.StartAsync();
        return engine;
    }

    public async Task<string> SaveAsync(string definition) => (await Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, JsonNode.Parse(definition)!.AsObject())).Row.Id;

    /// <summary>Saves a workflow and starts it.</summary>
    public async Task<string> BeginAsync(string definition, string input = "{}") =>
        (await Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(await SaveAsync(definition)) { Input = JsonNode.Parse(input) })).Row.Id;

    public Task<StatusView> StatusAsync(string executionId) => Get<GetStatus>().RunAsync(Principal.LocalOwner, executionId, includeMetrics: true, includeOutput: true);

    public async Task<StepView> StepAsync(string executionId, string step) => (await Get<GetStatus>().StepsAsync(Principal.LocalOwner, executionId)).Single(one => one.Name == step);

    /// <summary>Looks until there is something.</summary>
    public async Task<T> EventuallyAsync<T>(Func<FlowNexusDbContext, Task<T?>> look) where T : class
    {
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(60);
        while (true)
        {
            await using (var context = Database.Read())
                if (await look(context) is { } found) return found;
            Assert.True(TimeProvider.System.GetUtcNow() < until, "It did not come within a minute.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Saves a workflow, runs it and returns its execution once that has ended.</summary>
    public async Task<string> RunAsync(string definition, string input = "{}")
    {
        var id = await BeginAsync(definition, input);
        var ended = await Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.NotNull(ended);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
