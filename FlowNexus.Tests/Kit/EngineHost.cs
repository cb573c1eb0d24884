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

    private EngineHost(StepType[] types, string cancelGrace)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["FlowNexus:DataFolder"] = _folder, ["FlowNexus:DrainSeconds"] = "0", ["FlowNexus:CancelGraceSeconds"] = cancelGrace });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.AddFlowNexusEngine();
        foreach (var type in types) builder.Services.AddSingleton(type);
        _host = builder.Build();
    }

    public EngineDatabase Database => Get<EngineDatabase>();

    public T Get<T>() where T : notnull => _host.Services.GetRequiredService<T>();

    public static Task<EngineHost> StartAsync(params StepType[] types) => StartAsync("10", types);

    public static async Task<EngineHost> StartAsync(string cancelGrace, params StepType[] types)
    {
        var engine = new EngineHost(types, cancelGrace);
        await engine._host.StartAsync();
        return engine;
    }

    /// <summary>Saves a workflow, runs it and returns its execution once that has ended.</summary>
    public async Task<string> RunAsync(string definition, string input = "{}")
    {
        var saved = await Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, JsonNode.Parse(definition)!.AsObject());
        var started = await Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(saved.Row.Id) { Input = JsonNode.Parse(input) });
        var ended = await Get<WaitForExecution>().RunAsync(Principal.LocalOwner, started.Row.Id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.NotNull(ended);
        return started.Row.Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
