using FlowNexus.Engine.Cluster;

namespace FlowNexus.Web.Api;

/// <summary>The nodes of the installation.</summary>
internal static class ClusterApi
{
    public static void MapCluster(this RouteGroupBuilder api) =>
        api.MapGet("/cluster", async (HttpContext context, GetCluster cluster) => TypedResults.Ok(await cluster.RunAsync(context.Principal(), context.RequestAborted)))
            .WithTags("System").WithSummary("List the nodes: state, version, since when, executions owned");
}
