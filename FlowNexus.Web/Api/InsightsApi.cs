using FlowNexus.Engine.Insights;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>What the figures say.</summary>
internal static class InsightsApi
{
    public static void MapInsights(this RouteGroupBuilder api) =>
        api.MapGet("/dashboard", DashboardAsync).WithTags("Insights").WithSummary("Show how the installation does; range is 1h, 24h or 7d");

    private static async Task<Ok<DashboardView>> DashboardAsync(HttpContext context, GetDashboard dashboard, string? range) =>
        TypedResults.Ok(await dashboard.RunAsync(context.Principal(), range));
}
