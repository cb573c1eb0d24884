using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows.Reading;

namespace FlowNexus.Engine.Workflows;

/// <summary>
/// Reads the JSON of a workflow into its typed form and reports every problem at once. What the document has beyond
/// what is known here stays in <see cref="WorkflowDefinition.Source"/>.
/// </summary>
public sealed class WorkflowDefinitionReader(StepCatalogue catalogue)
{
    /// <summary>Agent types that a fresh install registers.</summary>
    public static readonly IReadOnlyList<string> DefaultAgentTypes = ["researcher", "analyst", "coder", "tester", "optimizer", "coordinator"];

    private const double MostExecutionSeconds = 366 * 86400d;

    private static readonly string[] Fields =
        ["name", "description", "status", "steps", "triggers", "priority", "metadata", "error_handling", "configuration", "input_schema"];

    // What the author asks for; an export of a paused or archived workflow can be imported as it is.
    private static readonly string[] States = ["draft", "active", "paused", "archived"];

    private static readonly string[] FailureModes = ["fail", "continue", "pause", "compensate", "retry_with_different_agent"];

    /// <param name="source">The document as it was given; it is kept, not changed.</param>
    /// <param name="agentTypes">Agent types registered now; others give a warning. Null means <see cref="DefaultAgentTypes"/>.</param>
    public ReadDefinition Read(JsonObject source, IReadOnlyCollection<string>? agentTypes = null)
    {
        var problems = new ProblemList();
        if (!SourceRules.Check(source, problems)) return new ReadDefinition(null, problems.Errors, problems.Warnings);

        var fields = new FieldReader(source, "", problems);
        var name = fields.Name("name", 200);
        var definition = new WorkflowDefinition
        {
            Name = name ?? "",
            Description = fields.Text("description", 10_000),
            Steps = new StepReader(catalogue, agentTypes ?? DefaultAgentTypes, problems).Read(fields, out var pointers),
            Triggers = new TriggerReader(name ?? "", problems).Read(fields),
            Priority = ReadPriority(source, problems),
            Metadata = fields.Object("metadata"),
            ErrorHandling = ReadErrorHandling(fields, problems),
            Configuration = ReadConfiguration(fields, problems),
            InputSchema = fields.Object("input_schema"),
            Source = source,
        };
        fields.Choice("status", States);
        fields.WarnUnknown(Fields, "A workflow");
        if (definition.InputSchema is { } schema) CompiledInputSchema.TryCompile(schema, "/input_schema", problems.Error);
        new GraphRules(definition, pointers, problems).Check();
        new ReferenceRules(definition, pointers, catalogue, problems).Check();
        return new ReadDefinition(problems.Errors.Count == 0 ? definition : null, problems.Errors, problems.Warnings);
    }

    private static Priority ReadPriority(JsonObject source, ProblemList problems)
    {
        if (source["priority"] is not { } node) return Priority.Normal;
        if (Priority.TryRead(node, out var priority)) return priority;
        problems.Error("/priority", "not_allowed", $"'priority' cannot be {CanonicalJson.Write(node)}.", "Higher is sooner; normal is 5.", ["0 to 10", .. Priority.Words]);
        return Priority.Normal;
    }

    private static ErrorHandling ReadErrorHandling(FieldReader workflow, ProblemList problems)
    {
        if (workflow.Object("error_handling") is not { } source) return new ErrorHandling();
        var fields = new FieldReader(source, workflow.At("error_handling"), problems);
        fields.WarnUnknown(["on_failure", "max_retries", "notification"], "error_handling");
        var onFailure = fields.Choice("on_failure", FailureModes) ?? "fail";
        if (onFailure == "compensate")
            problems.Warn(fields.At("on_failure"), ReadDefinition.NotAvailableRule, ErrorHandling.CompensateNotAvailable, "The workflow is saved as a draft. Until then, name the step that puts things right in on_error.");
        return new ErrorHandling
        {
            OnFailure = onFailure,
            MaxRetries = fields.Integer("max_retries", 0, 100) ?? 0,
            Notification = fields.Boolean("notification") ?? false,
        };
    }

    private static WorkflowConfiguration ReadConfiguration(FieldReader workflow, ProblemList problems)
    {
        if (workflow.Object("configuration") is not { } source) return new WorkflowConfiguration();
        var fields = new FieldReader(source, workflow.At("configuration"), problems);
        fields.WarnUnknown(["parallel_execution", "max_concurrent_steps", "execution_timeout", "durability", "agent_tier_preference", "timeout_optimization", "concurrency", "queue_ttl"], "configuration");
        fields.Boolean("timeout_optimization");
        return new WorkflowConfiguration
        {
            ParallelExecution = fields.Boolean("parallel_execution"),
            MaxConcurrentSteps = fields.Integer("max_concurrent_steps", 1, 1000) ?? 10,
            ExecutionTimeoutSeconds = fields.Duration("execution_timeout", MostExecutionSeconds),
            Durability = fields.Choice("durability", ["group", "step"]) ?? "group",
            AgentTierPreference = fields.Choice("agent_tier_preference", ["cost_optimized", "balanced", "performance"]) ?? "balanced",
            Concurrency = ConcurrencyReader.Read(fields, problems),
            QueueTtlSeconds = fields.Duration("queue_ttl", MostExecutionSeconds),
        };
    }
}
