using FlowNexus.Engine.Health;

namespace FlowNexus.Web.Api;

/// <summary>Health: whether the process lives, whether it can work and why not; more of it for the operator.</summary>
internal static class HealthApi
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => TypedResults.Ok(new LiveAnswer("healthy"))).ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).ExcludeFromDescription();
    }

    public static void MapVitals(this RouteGroupBuilder api) =>
        api.MapGet("/system/vitals", async (HttpContext context, GetVitals vitals) => TypedResults.Ok(await vitals.RunAsync(context.Principal(), context.RequestAborted)))
            .WithTags("System").WithSummary("Show what this node is and how it does: health, version, database, memory");

    /// <summary>A degraded node still takes work; only an unhealthy one is left out of the rotation.</summary>
    private static async Task<IResult> ReadyAsync(HttpContext context, CheckHealth health)
    {
        var report = await health.RunAsync(context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        if (report.Status != HealthStatus.Unhealthy) return TypedResults.Ok(report);
        context.Response.Headers.RetryAfter = "1";
        return TypedResults.Json(report, statusCode: StatusCodes.Status503ServiceUnavailable);
    }

    internal sealed record LiveAnswer(string Status);
}
