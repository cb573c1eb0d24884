namespace FlowNexus.Engine.Retention;

/// <summary>What one round took.</summary>
internal sealed class RetentionFigures
{
    /// <summary>Executions reduced to their summary.</summary>
    public long Executions { get; set; }

    /// <summary>Events whose details were erased.</summary>
    public long Payloads { get; set; }

    public long Files { get; set; }
    public long FileBytes { get; set; }
    public long Ticks { get; set; }

    public bool IsNothing => Executions + Payloads + Files + Ticks == 0;
}
