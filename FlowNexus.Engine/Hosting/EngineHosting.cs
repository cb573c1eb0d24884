using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.BuiltIn;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Credits;
using FlowNexus.Engine.Datasets;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Executions.Families;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Files;
using FlowNexus.Engine.Health;
using FlowNexus.Engine.Insights;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Engine.Retention;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Steps.Conditional;
using FlowNexus.Engine.Steps.Delay;
using FlowNexus.Engine.Steps.End;
using FlowNexus.Engine.Steps.ForEach;
using FlowNexus.Engine.Steps.Neural;
using FlowNexus.Engine.Steps.Sandbox;
using FlowNexus.Engine.Steps.Signals;
using FlowNexus.Engine.Steps.SubWorkflow;
using FlowNexus.Engine.Steps.Switch;
using FlowNexus.Engine.Steps.Transform;
using FlowNexus.Engine.Steps.Validation;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Telemetry;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Hosting;

/// <summary>Puts the engine into a host.</summary>
public static class EngineHosting
{
    /// <summary>Adds the whole engine: storage, queues, execution, agents, triggers. The database opens when the host starts.</summary>
    public static IHostApplicationBuilder AddFlowNexusEngine(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<EngineOptions>().BindConfiguration(EngineOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => DataFolder.Open(
            provider.GetRequiredService<IOptions<EngineOptions>>().Value.DataFolder,
            provider.GetRequiredService<IHostEnvironment>().ContentRootPath,
            provider.GetRequiredService<ThisNode>().IsClustered));
        services.AddSingleton(OpenDatabase);
        services.AddTelemetry();
        services.AddHealth();
        services.AddSingleton<EventFeed>();
        services.AddSingleton<ArtifactStore>();

        services.AddStepTypes();
        services.AddAgents();
        services.AddBuiltInSkills();
        services.AddSingleton<AgentChooser>();
        services.AddSingleton<AssignAgent>();
        services.AddSingleton<StepCatalogue>();
        services.AddSingleton<WorkflowDefinitionReader>();
        services.AddSingleton<WorkflowVersions>();
        services.AddSingleton<SaveWorkflow>();
        services.AddSingleton<DraftFeed>();
        services.AddSingleton<OpenDraft>();
        services.AddSingleton<FindDrafts>();
        services.AddSingleton<SaveDraft>();
        services.AddSingleton<PublishDraft>();
        services.AddSingleton<RestoreVersion>();
        services.AddSingleton<ChangeWorkflowStatus>();
        services.AddSingleton<FindWorkflows>();
        services.AddSingleton<GetWorkflow>();
        services.AddSingleton<AgentDirectory>();
        services.AddSingleton<FindTasks>();
        services.AddSingleton<FindAgents>();
        services.AddSingleton<GetArtifact>();
        services.AddSingleton<GetAuditTrail>();
        services.AddSingleton<WatchEvents>();
        services.AddSingleton<GetQueueStatus>();
        services.AddSingleton<KeepFiles>();
        services.AddSingleton<GetCredits>();

        services.AddExecutions();
        services.AddInsights();
        services.AddSingleton<FirstInstallation>();

        // Hosted services start in this order: recovery talks to grains, so the silo comes first.
        var clustered = builder.AddCluster();
        services.AddHostedService<EngineStart>();
        services.AddHostedService(provider => provider.GetRequiredService<ReadVitals>());
        if (clustered) services.AddHostedService(provider => provider.GetRequiredService<Takeover>());
        services.AddHostedService<DatasetWriting>();
        services.AddRetention();
        services.AddSchedules();

        // Schedules stop first, then the node drains, and only then the rest stops, the web server first of all.
        services.AddHostedService<Drain>();
        return builder;
    }

    private static EngineDatabase OpenDatabase(IServiceProvider provider)
    {
        var database = EngineDatabase.Open(
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<IOptions<EngineOptions>>().Value.Database.ConnectionString,
            provider.GetRequiredService<EventFeed>(),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetRequiredService<ThisNode>() is { IsClustered: true } node ? node.Id : null);
        database.Journal.Committed = provider.GetRequiredService<EngineMeter>().Committed;
        return database;
    }

    private static void AddStepTypes(this IServiceCollection services)
    {
        services.AddSingleton<StepType, TransformStep>();
        services.AddSingleton<StepType, ConditionalStep>();
        services.AddSingleton<StepType, DelayStep>();
        services.AddSingleton<StepType, EndStep>();
        services.AddSingleton<StepType, NeuralStep>();
        services.AddSingleton<StepType, SandboxStep>();
        services.AddSingleton<StepType, SwitchStep>();
        services.AddSingleton<StepType, SubWorkflowStep>();
        services.AddSingleton<StepType>(provider => new ForEachStep(new Lazy<StepCatalogue>(provider.GetRequiredService<StepCatalogue>)));
        services.AddSingleton<StepType, ValidationStep>();
        services.AddSingleton<StepType, WaitForSignalStep>();
    }

    private static void AddExecutions(this IServiceCollection services)
    {
        services.AddSingleton<IExecutionQueue>(provider => provider.GetRequiredService<GrainQueues>());
        services.AddSingleton<ITaskLine>(provider => provider.GetRequiredService<GrainQueues>());
        services.AddSingleton<ITaskDispatcher>(provider => provider.GetRequiredService<GrainQueues>());
        services.AddSingleton<TimerPump>();
        services.AddSingleton<Terminations>();
        services.AddSingleton<ChildExecutions>();
        services.AddSingleton(provider => new Lazy<ChildExecutions>(provider.GetRequiredService<ChildExecutions>));
        services.AddLogs();
        services.AddSingleton<ExecutionEnvironment>();
        services.AddSingleton<ExecutionHost>();
        services.AddSingleton<BuryExecution>();
        services.AddSingleton<WaitingReasons>();
        services.AddSingleton<QueueMessages>();
        services.AddSingleton<FindDeadLetters>();
        services.AddSingleton<RedriveDeadLetter>();
        services.AddSingleton<ControlExecution>();
        services.AddSingleton<RetryExecution>();
        services.AddSingleton<PreviewExpression>();
        services.AddSingleton<TestStep>();
        services.AddSingleton<PauseBook>();
        services.AddSingleton<PauseAdmission>();
        services.AddSingleton<PauseWorkflow>();
        services.AddSingleton<FindExecutions>();
        services.AddSingleton<FindItems>();
        services.AddSingleton<SendSignal>();
        services.AddSingleton<CompleteLoop>();
        services.AddSingleton<GetStatus>();
        services.AddSingleton(provider => new StartExecution(
            provider.GetRequiredService<EngineDatabase>(),
            provider.GetRequiredService<WorkflowVersions>(),
            provider.GetRequiredService<ArtifactStore>(),
            provider.GetRequiredService<AgentDirectory>(),
            provider.GetRequiredService<IExecutionQueue>(),
            provider.GetRequiredService<ITaskLine>(),
            provider.GetRequiredService<WaitingReasons>(),
            provider.GetRequiredService<ExecutionHost>(),
            provider.GetRequiredService<ExecutionEnvironment>()));
        services.AddSingleton(provider => new WaitForExecution(
            provider.GetRequiredService<EngineDatabase>(),
            provider.GetRequiredService<Terminations>(),
            provider.GetRequiredService<TimeProvider>()));
    }
}
