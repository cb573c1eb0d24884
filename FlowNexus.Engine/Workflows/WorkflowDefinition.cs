using System.Text.Json.Nodes;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// What a person drew, typed. <see cref="Source"/> keeps the document as it was given, so that fields this
/// version of FlowNexus does not know survive every round trip.
/// </summary>
public sealed record WorkflowDefinition
{
    /// <summary>1 to 200 characters, trimmed.</summary>
    public required string Name { get; init; }

    public string? Description { get; init; }

    public required IReadOnlyList<StepDefinition> Steps { get; init; }

    public IReadOnlyList<TriggerDefinition> Triggers { get; init; } = [];

    public Priority Priority { get; init; } = Priority.Normal;

    /// <summary>Open map of labels such as team, project, environment.</summary>
    public JsonObject? Metadata { get; init; }

    public ErrorHandling ErrorHandling { get; init; } = new();

    public WorkflowConfiguration Configuration { get; init; } = new();

    /// <summary>JSON Schema 2020-12 of <c>input_data</c>; null accepts any object.</summary>
    public JsonObject? InputSchema { get; init; }

    /// <summary>The canonical document as it was given, without anything the server adds.</summary>
    public required JsonObject Source { get; init; }
}

/// <summary>One box of a workflow.</summary>
public sealed record StepDefinition
{
    /// <summary>Unique in its workflow; how <c>depends_on</c>, branches and expressions speak of it.</summary>
    public required string Name { get; init; }

    /// <summary>A step type of the catalogue: agent, neural, sandbox, validation, conditional, transform, delay, http_request.</summary>
    public required string Type { get; init; }

    public string? Description { get; init; }

    /// <summary>Preferred agent type of an <c>agent</c> step; null lets the matcher choose.</summary>
    public string? AgentType { get; init; }

    /// <summary>Bounds one attempt, in seconds; null is the type's default.</summary>
    public double? TimeoutSeconds { get; init; }

    /// <summary>Of a <c>wait_for_signal</c> step: the step that ends the wait when it completes.</summary>
    public string? ClosedBy { get; init; }

    /// <summary>N retries are N + 1 attempts.</summary>
    public int RetryAttempts { get; init; }

    /// <summary>Null when the step has no <c>depends_on</c> at all, which is not the same as an empty list.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }

    /// <summary>A label that a conditional step's branch may name instead of the step itself.</summary>
    public string? Path { get; init; }

    /// <summary>Lowest accepted <c>score</c> of the output, 0 to 1; equal passes.</summary>
    public double? ValidationThreshold { get; init; }

    /// <summary>Where in the output the score stands, as a dotted path; <c>score</c> by default.</summary>
    public string? ScorePath { get; init; }

    public string? FallbackAgentType { get; init; }

    /// <summary>Name of the step that runs only when this one has failed for good; the failure then counts as handled.</summary>
    public string? OnError { get; init; }

    /// <summary>True for <c>on_lost: fail</c>: an attempt lost in a crash is not repeated, so that the step runs at most once.</summary>
    public bool FailWhenLost { get; init; }

    /// <summary>Of the steps of one execution that name the same section only one is under way at a time, from its first attempt to its end; null: no section.</summary>
    public string? Exclusive { get; init; }

    /// <summary>Null waits for everything the step follows.</summary>
    public JoinDefinition? Join { get; init; }

    /// <summary>The branches of a <c>conditional</c> step, in order; empty for other types.</summary>
    public IReadOnlyList<BranchDefinition> Conditions { get; init; } = [];

    /// <summary>The cases of a <c>switch</c> step; null for other types.</summary>
    public SwitchDefinition? Switch { get; init; }

    /// <summary>The step as it was given. Settings of the type are read through <see cref="Setting"/>.</summary>
    public required JsonObject Source { get; init; }

    /// <summary>A setting of the step's type: from its <c>config</c> object, else from the step itself, as the contract's examples write them.</summary>
    public JsonNode? Setting(string name) =>
        Source["config"] is JsonObject config && config.TryGetPropertyValue(name, out var value) ? value : Source[name];
}

/// <summary>One condition of a conditional step: a step name or a path label to go to when it holds, and one when it does not.</summary>
public sealed record BranchDefinition(string If, string Then, string? Else);

/// <summary>What starts executions of a workflow.</summary>
public sealed record TriggerDefinition
{
    /// <summary>schedule, webhook, file_upload or event.</summary>
    public required string Type { get; init; }

    /// <summary>Of a schedule: 5 or 6 fields, or a macro such as <c>@daily</c>.</summary>
    public string? Cron { get; init; }

    /// <summary>Of a schedule: IANA time zone; UTC when null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Of a schedule: what happens to ticks missed while nothing ran: <c>skip</c> (default) or <c>last</c>.</summary>
    public string? Missed { get; init; }

    /// <summary>Of a webhook: its path under <c>/api/trigger/</c>.</summary>
    public string? Url { get; init; }

    /// <summary>Of a webhook: POST (default), PUT or GET.</summary>
    public string Method { get; init; } = "POST";

    /// <summary>Of a webhook: whether a credential is needed; true unless the author says otherwise.</summary>
    public bool AuthRequired { get; init; } = true;

    /// <summary>Of a file upload: pattern of paths in the file space, with <c>*</c>, <c>**</c> and <c>?</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Of an event: the event type it listens to.</summary>
    public string? EventType { get; init; }

    /// <summary>What the executions it starts get as <c>input_data</c>.</summary>
    public JsonObject? Input { get; init; }

    public required JsonObject Source { get; init; }
}

/// <summary>What happens when a step has spent its own attempts.</summary>
public sealed record ErrorHandling
{
    /// <summary><c>fail</c> (default), <c>continue</c>, <c>pause</c>, <c>compensate</c> or <c>retry_with_different_agent</c>.</summary>
    public string OnFailure { get; init; } = "fail";

    internal const string CompensateNotAvailable = "'on_failure' is 'compensate', which this version does not run yet: a workflow with it cannot be activated.";

    /// <summary>Budget of the execution, each use reopening the failed step once; 0 to 100.</summary>
    public int MaxRetries { get; init; }

    public bool Notification { get; init; }
}

/// <summary>How a workflow's executions run.</summary>
public sealed record WorkflowConfiguration
{
    /// <summary>Null is the default: true for a graph; without meaning in listed order.</summary>
    public bool? ParallelExecution { get; init; }

    /// <summary>1 to 1,000; 10 by default.</summary>
    public int MaxConcurrentSteps { get; init; } = 10;

    /// <summary>Bounds one whole execution, in seconds; null is unbounded.</summary>
    public double? ExecutionTimeoutSeconds { get; init; }

    /// <summary><c>step</c> forces one commit a step; <c>group</c> (default) lets pure steps that follow one another commit together.</summary>
    public string Durability { get; init; } = "group";

    /// <summary><c>cost_optimized</c>, <c>balanced</c> (default) or <c>performance</c>.</summary>
    public string AgentTierPreference { get; init; } = "balanced";

    /// <summary>How many executions run at the same time; null leaves it to the queue.</summary>
    public Concurrency? Concurrency { get; init; }

    /// <summary>Seconds an execution may wait in the queue before it goes to the dead letters; null waits for ever.</summary>
    public double? QueueTtlSeconds { get; init; }
}

/// <summary>A limit of executions that run at the same time.</summary>
/// <param name="Limit">1 to 10,000.</param>
/// <param name="Key">Executions for which it gives the same share the limit; null: all of the workflow do.</param>
public sealed record Concurrency(int Limit, Expressions.Template? Key)
{
    public const int MostPlaces = 10_000;
    public const int LongestKey = 500;
}
