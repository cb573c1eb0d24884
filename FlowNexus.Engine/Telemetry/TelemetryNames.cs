namespace FlowNexus.Engine.Telemetry;

/// <summary>What an exporter subscribes to.</summary>
public static class TelemetryNames
{
    public const string Meter = EngineMeter.Name;

    public const string Traces = ExecutionTrace.SourceName;
}
