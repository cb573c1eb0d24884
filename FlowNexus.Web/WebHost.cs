using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Hosting;
using FlowNexus.Web.Api;
using FlowNexus.Web.Hosting;
using FlowNexus.Web.Shell;

namespace FlowNexus.Web;

/// <summary>The application, put together. Program runs it; tests build it with something replaced.</summary>
public static class WebHost
{
    /// <param name="args">The command line; it wins over every other setting.</param>
    /// <param name="configure">The hook for tests, called when everything is registered and nothing is built.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = Settings.CreateBuilder(args);
        builder.AddConsoleLog();
        builder.AddFlowNexusEngine();
        builder.AddTelemetryExport();
        builder.Services.AddApi();
        builder.AddShell();
        configure?.Invoke(builder);

        var app = builder.Build();
        app.UseSecurityHeaders();
        app.UseApiProblems();
        app.UseLocalOwnerOnly();
        app.UseShell();
        app.MapApi();
        app.MapMetrics();
        app.MapShell();
        app.AnnounceStart();
        return app;
    }

    /// <summary>Until the process is told to stop.</summary>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] args) => StartFailure.GuardAsync(async () =>
    {
        await using var app = Build(args);
        var node = app.Services.GetRequiredService<ThisNode>();
        await app.RunAsync();
        node.ThrowIfExpelled();
    });
}
