namespace FlowNexus.Benchmarks.Reports;

/// <summary>One figure with what it has to reach.</summary>
/// <param name="Id">Stable key in the JSON file.</param>
/// <param name="Unit">executions/s, transitions/s, ms, s, MB, % and the like.</param>
internal sealed record Measurement(string Id, string Title, double Value, string Unit)
{
    public Target? Target { get; init; }

    public Percentiles? Latency { get; init; }

    /// <summary>How many executions or transitions the figure stands on.</summary>
    public long? Samples { get; init; }

    public Verdict Verdict => Target?.Judge(Value) ?? Verdict.None;
}

/// <summary>The least that is accepted and what is aimed at.</summary>
internal sealed record Target(double Must, double Aim)
{
    private bool HigherIsBetter => Aim > Must;

    public Verdict Judge(double value) =>
        Reaches(value, Aim) ? Verdict.Aim : Reaches(value, Must) ? Verdict.Must : Verdict.Below;

    private bool Reaches(double value, double limit) => HigherIsBetter ? value >= limit : value <= limit;
}

internal enum Verdict
{
    None,
    Below,
    Must,
    Aim,
}
