using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FlowNexus.Web.Hosting;

/// <summary>
/// Metrics for whoever scrapes <c>/metrics</c>; traces, and metrics too, to an OpenTelemetry collector as soon as its standard
/// setting <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> names one. The other standard settings (protocol, headers, sampler,
/// service name) apply as well.
/// </summary>
internal static class TelemetryExport
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <exception cref="StartException">The endpoint is no address.</exception>
    public static void AddTelemetryExport(this WebApplicationBuilder builder)
    {
        var collector = Collector(builder.Configuration);
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("flownexus", serviceVersion: ThisNode.Version).AddEnvironmentVariableDetector())
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(TelemetryNames.Meter, "System.Runtime").AddPrometheusExporter(options => options.ScopeInfoEnabled = false);
                if (collector) metrics.AddOtlpExporter();
            });
        if (collector) telemetry.WithTracing(tracing => tracing.AddSource(TelemetryNames.Traces).AddOtlpExporter());
    }

    public static void MapMetrics(this WebApplication app) => app.MapPrometheusScrapingEndpoint("/metrics");

    private static bool Collector(IConfiguration configuration)
    {
        if (configuration[Endpoint] is not { Length: > 0 } given) return false;
        if (Uri.TryCreate(given, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return true;
        throw new StartException($"{Endpoint} must be the http or https address of an OpenTelemetry collector, such as http://127.0.0.1:4317; it is \"{given}\".");
    }
}
