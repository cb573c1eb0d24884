using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FlowNexus.Engine.Health;

internal static class HealthServices
{
    public static void AddHealth(this IServiceCollection services)
    {
        services.AddSingleton<NodeHealth>();
        services.AddSingleton(provider => new CheckHealth(
            provider.GetRequiredService<EngineDatabase>(),
            provider.GetRequiredService<ReadVitals>(),
            provider.GetRequiredService<PauseBook>(),
            provider.GetRequiredService<NodeHealth>(),
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CheckHealth>>()));
        services.AddSingleton<GetVitals>();
    }
}
