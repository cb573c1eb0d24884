using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Triggers.Schedule;
using Microsoft.Extensions.DependencyInjection;

namespace FlowNexus.Engine.Insights;

internal static class InsightServices
{
    public static void AddInsights(this IServiceCollection services)
    {
        services.AddSingleton(provider => new GetDashboard(
            provider.GetRequiredService<EngineDatabase>(),
            provider.GetRequiredService<FindExecutions>(),
            provider.GetRequiredService<GetQueueStatus>(),
            provider.GetRequiredService<Schedules>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
