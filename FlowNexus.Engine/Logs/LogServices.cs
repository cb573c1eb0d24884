using FlowNexus.Engine.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Engine.Logs;

internal static class LogServices
{
    public static void AddLogs(this IServiceCollection services)
    {
        services.AddSingleton<LogWriter>();
        services.AddSingleton(provider => new FindLogs(provider.GetRequiredService<EngineDatabase>(), provider.GetRequiredService<LogWriter>()));
        services.AddSingleton(provider => new WatchLogs(provider.GetRequiredService<EngineDatabase>(), provider.GetRequiredService<LogWriter>(), provider.GetRequiredService<TimeProvider>()));
    }
}
