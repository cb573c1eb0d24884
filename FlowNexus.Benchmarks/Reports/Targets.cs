namespace FlowNexus.Benchmarks.Reports;

/// <summary>What must be reached, and what is aimed at, on two cores with the load generator included and <c>synchronous=FULL</c>.</summary>
internal static class Targets
{
    public static Target? Load(string workload, int clients) => (workload, clients) switch
    {
        ("W1", 32) => new Target(2000, 5000),
        ("W1s", 32) => new Target(1200, 3000),
        ("W1", 1) => new Target(3, 1.5),
        ("W2", 1) => new Target(10, 3),
        ("W3", 1) => new Target(25, 10),
        ("W3s", 1) => new Target(80, 30),
        _ => null,
    };

    /// <summary>Percent of what raw prepared statements reach with the same rows and groups.</summary>
    public static Target JournalShare { get; } = new(60, 80);

    /// <summary>Seconds from the process start to the first successful answer, on a fresh data folder.</summary>
    public static Target ColdStart { get; } = new(3, 1.5);

    /// <summary>Megabytes resident.</summary>
    public static Target IdleMemory { get; } = new(250, 180);

    /// <summary>Milliseconds within which 95 of 100 requests are answered over a year's executions.</summary>
    public static Target GrownPage { get; } = new(50, 20);

    /// <summary>Megabytes that 100,000 sleeping executions take.</summary>
    public static Target SleepersMemory { get; } = new(100, 20);

    /// <summary>Seconds until the others go on with what a killed node had.</summary>
    public static Target Takeover { get; } = new(3, 2);

    /// <summary>Seconds until 500 steps are drawn for editing.</summary>
    public static Target LargeOpen { get; } = new(2, 1);

    /// <summary>Seconds until 2,000 steps are drawn read-only.</summary>
    public static Target LargestOpen { get; } = new(4.5, 3);

    /// <summary>Frames a second while something moves.</summary>
    public static Target Frames { get; } = new(50, 58);

    /// <summary>Milliseconds from a change of a step's status until the browser has drawn it.</summary>
    public static Target StatusOnScreen { get; } = new(300, 150);

    /// <summary>Percent of a core that 50 viewers of an execution cost the server.</summary>
    public static Target ManyViewers { get; } = new(15, 8);

    /// <summary>Kilobytes, compressed, of everything the designer loads at first.</summary>
    public static Target DesignerLoad { get; } = new(700, 450);

    /// <summary>Kilobytes of one message over the circuit.</summary>
    public static Target CircuitMessage { get; } = new(32, 24);
}
