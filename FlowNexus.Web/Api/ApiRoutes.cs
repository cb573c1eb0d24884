namespace FlowNexus.Web.Api;

/// <summary>Every REST resource under <c>/api/v1</c>.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapWorkflows();
        api.MapExecutions();
        api.MapTasks();
        api.MapAgents();
        api.MapArtifacts();
        api.MapQueues();
        api.MapAudit();
        api.MapCredits();
        app.MapHealth();
    }

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = ApiJson.Options.PropertyNamingPolicy;
            options.SerializerOptions.DefaultIgnoreCondition = ApiJson.Options.DefaultIgnoreCondition;
            options.SerializerOptions.Encoder = ApiJson.Options.Encoder;
        });
        services.AddExceptionHandler<ProblemHandler>();
        services.AddSingleton<LocalOwner>();
        services.AddSingleton<EventStreaming>();
        return services;
    }
}
