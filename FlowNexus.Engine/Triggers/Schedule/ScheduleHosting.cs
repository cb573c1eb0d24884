using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace FlowNexus.Engine.Triggers.Schedule;

/// <summary>Puts schedules into the engine.</summary>
internal static class ScheduleHosting
{
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddQuartz(quartz =>
        {
            quartz.ConfigureScheduler(options => options.InstanceName = "FlowNexus");
            quartz.UseInMemoryStore();
            quartz.UseDefaultThreadPool(maxConcurrency: 16);
        });
        services.AddSingleton<Alarm>();
        services.AddSingleton<TickLog>();
        services.AddSingleton<FireTick>();
        services.AddSingleton<ActiveSchedules>();
        services.AddSingleton<Schedules>();
        services.AddSingleton<GetTriggers>();
        services.AddHostedService<ScheduleStart>();
        return services;
    }
}
