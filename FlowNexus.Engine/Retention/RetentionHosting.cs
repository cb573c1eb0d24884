using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Retention;

/// <summary>Puts retention into the engine.</summary>
internal static class RetentionHosting
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RetentionOptions>, RetentionOptionsValidator>();
        services.AddSingleton<ExpiredExecutions>();
        services.AddSingleton<PruneExecutions>();
        services.AddSingleton<PruneTicks>();
        services.AddSingleton<ApplyRetention>();
        return services.AddHostedService<RetentionRounds>();
    }
}
