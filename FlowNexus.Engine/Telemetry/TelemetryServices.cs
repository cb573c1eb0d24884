using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Engine.Telemetry;

internal static class TelemetryServices
{
    public static void AddTelemetry(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddSingleton<EngineMeter>();
        services.AddSingleton<ReadVitals>();
    }
}
