using FlowNexus.Engine.Problems;
using Scalar.AspNetCore;

namespace FlowNexus.Web.Api;

/// <summary>Every REST resource under <c>/api/v1</c>.</summary>
internal static class ApiRoutes
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapWorkflows();
        api.MapTriggers();
        api.MapExecutions();
        api.MapLogs();
        api.MapSignals();
        api.MapTasks();
        api.MapAgents();
        api.MapArtifacts();
        api.MapQueues();
        api.MapPauses();
        api.MapVitals();
        api.MapCluster();
        api.MapFiles();
        api.MapAudit();
        api.MapCredits();
        api.MapInsights();
        app.MapHealth();
        app.MapHub<WorkflowHub>("/hubs/workflows");
        app.MapOpenApi("/openapi/v1.json");
        app.MapScalarApiReference("/docs", options =>
        {
            options.WithTitle("FlowNexus API").WithOpenApiRoutePattern("/openapi/v1.json");

            // No request leaves the machine.
            options.DisableDefaultFonts().DisableTelemetry().DisableAgent();
        });
    }

    /// <summary>Answers failures below <c>/api</c> as problems; comes first in the pipeline.</summary>
    public static void UseApiProblems(this WebApplication app) => app.UseWhen(static context => ProblemHandler.IsApi(context.Request.Path), static api =>
    {
        api.UseExceptionHandler(_ => { });
        api.UseStatusCodePages(pages => ProblemHandler.WriteStatusAsync(pages.HttpContext));
    });

    /// <summary>Refuses everybody but the local owner at every door; health alone answers everybody who can reach it.</summary>
    public static void UseLocalOwnerOnly(this WebApplication app)
    {
        var owner = app.Services.GetRequiredService<LocalOwner>();
        app.Use(async (context, next) =>
        {
            if (context.Request.Path.StartsWithSegments("/health") || owner.Reason(context) is not { } reason) await next(context);
            else await ProblemHandler.WriteAsync(context, new Problem(ProblemCodes.Unauthenticated, $"This installation answers only its own machine so far: {reason}"));
        });
    }

    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.PropertyNamingPolicy = ApiJson.Options.PropertyNamingPolicy;
            options.SerializerOptions.DefaultIgnoreCondition = ApiJson.Options.DefaultIgnoreCondition;
            options.SerializerOptions.Encoder = ApiJson.Options.Encoder;
            foreach (var converter in ApiJson.Options.Converters) options.SerializerOptions.Converters.Add(converter);
        });
        services.AddExceptionHandler<ProblemHandler>();
        services.AddSignalR();
        services.AddOpenApi("v1", options => options.OpenApiVersion = Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        services.AddSingleton<LocalOwner>();
        services.AddSingleton<EventStreaming>();
        return services;
    }
}
