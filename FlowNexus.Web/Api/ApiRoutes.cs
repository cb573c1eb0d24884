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

    /// <summary>Answers failures below <c>/api</c> as problems; comes first in the pipeline.</summary>
    public static void UseApiProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(pages => ProblemHandler.WriteStatusAsync(pages.HttpContext));
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
