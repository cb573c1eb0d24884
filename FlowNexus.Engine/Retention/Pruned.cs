namespace FlowNexus.Engine.Retention;

/// <summary>What retention has taken from an execution. Stored as its number.</summary>
[Flags]
public enum Pruned
{
    Nothing = 0,

    /// <summary>Steps, iterations, signals, tasks, log lines, dead letter, input and outputs.</summary>
    Rows = 1,

    /// <summary>The payloads of its events.</summary>
    Events = 2,

    /// <summary>The files it produced.</summary>
    Files = 4,

    /// <summary>What the others say has begun and is under way: a large execution goes in several commits.</summary>
    Unfinished = 8,
}
