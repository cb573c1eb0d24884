using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Hosting;

/// <summary>Settings of the engine, section <c>FlowNexus</c>.</summary>
public sealed class EngineOptions
{
    public const string Section = "FlowNexus";

    /// <summary>Where database, artifacts, files and datasets live; relative to the content root.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>Where rows live.</summary>
    public DatabaseOptions Database { get; set; } = new();

    /// <summary>Executions that run at the same time on this installation, 1 to 10,000. Waiting ones do not count.</summary>
    public int MaxRunningExecutions { get; set; } = 200;

    /// <summary>Executions that may wait in the queue <c>workflow_executions</c>, 0 to 10,000,000. One more is refused with QUEUE_FULL.</summary>
    public int ExecutionQueueCapacity { get; set; } = 10_000;

    /// <summary>Tasks that may wait in the queue <c>agent_assignments</c>, 1 to 10,000,000. While they do, workflows with agent steps are refused with QUEUE_FULL; what was accepted goes on.</summary>
    public int TaskQueueCapacity { get; set; } = 100_000;

    /// <summary>Seconds between two comparisons of the queues in memory with the database, 1 to 3,600. What a node that died left half done is put right within two of them.</summary>
    public int QueueCheckSeconds { get; set; } = 10;

    /// <summary>Credits a fresh installation's account <c>default</c> is granted, 0 to 1,000,000,000.</summary>
    public long InitialCredits { get; set; } = 10_000;

    /// <summary>Seconds that running steps of a cancelled execution have to stop, 0 to 600. What they report later is discarded.</summary>
    public int CancelGraceSeconds { get; set; } = 10;

    /// <summary>Seconds that a stopping process waits for running attempts before it leaves them to the next start, 0 to 600.</summary>
    public int DrainSeconds { get; set; } = 10;
}

/// <summary>Settings of the database, section <c>FlowNexus:Database</c>.</summary>
public sealed class DatabaseOptions
{
    /// <summary>Of a PostgreSQL database, such as <c>Host=localhost;Database=flownexus;Username=flownexus;Password=…</c>; without one it is SQLite in the data folder.</summary>
    public string? ConnectionString { get; set; }
}

/// <summary>Names the setting, its limits and the value given.</summary>
internal sealed class EngineOptionsValidator : IValidateOptions<EngineOptions>
{
    public ValidateOptionsResult Validate(string? name, EngineOptions options)
    {
        List<string> wrong = [];
        if (string.IsNullOrWhiteSpace(options.DataFolder)) wrong.Add("FlowNexus:DataFolder must name a folder; it is empty.");
        Range(nameof(EngineOptions.MaxRunningExecutions), options.MaxRunningExecutions, 1, 10_000);
        Range(nameof(EngineOptions.ExecutionQueueCapacity), options.ExecutionQueueCapacity, 0, 10_000_000);
        Range(nameof(EngineOptions.TaskQueueCapacity), options.TaskQueueCapacity, 1, 10_000_000);
        Range(nameof(EngineOptions.QueueCheckSeconds), options.QueueCheckSeconds, 1, 3600);
        Range(nameof(EngineOptions.InitialCredits), options.InitialCredits, 0, 1_000_000_000);
        Range(nameof(EngineOptions.CancelGraceSeconds), options.CancelGraceSeconds, 0, 600);
        Range(nameof(EngineOptions.DrainSeconds), options.DrainSeconds, 0, 600);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);

        void Range(string key, long value, long least, long most)
        {
            if (value < least || value > most) wrong.Add($"FlowNexus:{key} must be between {least} and {most}; it is {value}.");
        }
    }
}
