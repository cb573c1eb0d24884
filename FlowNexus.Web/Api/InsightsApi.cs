using FlowNexus.Engine.Insights;
using Microsoft.AspNetCore.Http.HttpResults;

namespace FlowNexus.Web.Api;

/// <summary>What the figures say.</summary>
internal static class InsightsApi
{
    public static void MapInsights(this RouteGroupBuilder api)
    {
        var insights = api.MapGroup("").WithTags("Insights");
        insights.MapGet("/dashboard", DashboardAsync).WithSummary("Show how the installation does; range is 1h, 24h or 7d");
        insights.MapGet("/executions/{execution_id}/compare", CompareAsync).WithSummary("Compare an execution with another of its workflow, step by step, and say why it took longer; without with, the last one before it that completed");
    }

    private static async Task<Ok<DashboardView>> DashboardAsync(HttpContext context, GetDashboard dashboard, string? range) =>
        TypedResults.Ok(await dashboard.RunAsync(context.Principal(), range));

    private static async Task<Ok<ExecutionComparison>> CompareAsync(HttpContext context, CompareExecutions compare, string execution_id, string? with) =>
        TypedResults.Ok(await compare.RunAsync(context.Principal(), execution_id, string.IsNullOrEmpty(with) ? null : with));
}
