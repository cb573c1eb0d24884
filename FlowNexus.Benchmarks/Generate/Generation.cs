using System.Diagnostics;
using FlowNexus.Benchmarks.Server;
using FlowNexus.Engine.Audit;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Storage;
using FlowNexus.Engine.Storage.Journal;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Benchmarks.Generate;

/// <summary>
/// Fills a database with executions spread over the year before now. Workflows are created by a server, the rest goes
/// through the product's journal: the same tables, the same constraints, event chains that verify.
/// </summary>
internal sealed class Generation
{
    private const int Workflows = 500;

    /// <summary>Bounds a group of the journal to fewer events than have a place in one transaction of PostgreSQL.</summary>
    private const int ExecutionsPerTransition = 50;
    private const int TransitionsUnderWay = 16;
    private static readonly TimeSpan Span = TimeSpan.FromDays(365);

    private readonly CommandLine _command;
    private readonly string _folder;
    private readonly Random _random = new(20261124);
    private readonly PriorityQueue<EventRow, (long At, string Stream, long Seq)> _ahead = new();
    private long _events;

    private Generation(CommandLine command, string folder)
    {
        _command = command;
        _folder = folder;
    }

    /// <returns>How many events there are.</returns>
    public static async Task<long> RunAsync(CommandLine command, string folder, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        var generation = new Generation(command, folder);
        Console.WriteLine($"Generating {command.Executions:N0} executions with about {command.Events:N0} events.");
        var created = await generation.CreateWorkflowsAsync(cancellationToken);
        await generation.FillAsync(created, cancellationToken);
        Console.WriteLine($"Generated {command.Executions:N0} executions with {generation._events:N0} events in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s.");
        return generation._events;
    }

    private async Task<List<(GeneratedWorkflow Workflow, string Id)>> CreateWorkflowsAsync(CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(_command.Server, _folder, cancellationToken, [.. _command.ServerSettings, "--FlowNexus:InitialCredits=1000000000"]);
        using var http = LoopbackHttp.Create(1);
        var api = new FlowNexusApi(http, server.Address);
        List<(GeneratedWorkflow, string)> created = [];
        foreach (var workflow in GeneratedWorkflow.Mix(Workflows, (double)_command.Events / _command.Executions))
            created.Add((workflow, await api.CreateWorkflowAsync(workflow.Definition(), cancellationToken)));
        await server.StopAsync(cancellationToken);
        return created;
    }

    private async Task FillAsync(List<(GeneratedWorkflow Workflow, string Id)> created, CancellationToken cancellationToken)
    {
        using var folder = DataFolder.Open(_folder, _folder);
        using var database = EngineDatabase.Open(folder, _command.Postgres, new EventFeed(), NullLoggerFactory.Instance);
        List<GeneratedWorkflow> workflows = [];
        await using (var context = database.Read())
        {
            var stepIds = await context.Versions.ToDictionaryAsync(row => row.WorkflowId, row => row.StepIds, cancellationToken);
            workflows.AddRange(created.Select(one => one.Workflow.Created(one.Id, stepIds[one.Id])));
        }

        var present = TimeProvider.System.GetUtcNow();
        var apart = Span / _command.Executions;
        using var places = new SemaphoreSlim(TransitionsUnderWay);
        List<Task> commits = [];
        for (var first = 0; first < _command.Executions; first += ExecutionsPerTransition)
        {
            var batch = Enumerable.Range(first, Math.Min(ExecutionsPerTransition, _command.Executions - first))
                .Select(number => new PastExecution(Popular(workflows), present - Span + (apart * (number + (0.9 * _random.NextDouble()))), present, _random)).ToList();
            var transition = Transition(batch);
            TakeEvents(transition, first + ExecutionsPerTransition < _command.Executions ? UnixMicros.Of(present - Span + (apart * (first + ExecutionsPerTransition))) : long.MaxValue);
            await places.WaitAsync(cancellationToken);
            commits.RemoveAll(commit => commit.IsCompletedSuccessfully);
            commits.Add(CommitAsync(transition));
        }

        await Task.WhenAll(commits);

        async Task CommitAsync(Transition transition)
        {
            await database.Journal.CommitAsync(transition);
            places.Release();
        }
    }

    /// <summary>Few workflows run often and many seldom: each rank as often as its reciprocal.</summary>
    private GeneratedWorkflow Popular(List<GeneratedWorkflow> workflows) => workflows[(int)Math.Min(workflows.Count - 1, Math.Exp(_random.NextDouble() * Math.Log(workflows.Count + 1)) - 1)];

    private Transition Transition(List<PastExecution> batch)
    {
        var transition = new Transition();
        foreach (var past in batch) transition.Insert(Tables.Executions, past.Row);
        foreach (var past in batch)
        {
            foreach (var step in past.Steps) transition.Insert(Tables.Steps, step);
            if (past.Task is { } task) transition.Insert(Tables.Tasks, task);
            if (past.Timer is { } timer) transition.Insert(Tables.Timers, timer);
            if (past.Charge is { } charge) transition.Book(charge);
            var row = past.Row;
            transition.Count(row.WorkflowId, row.StartedAt, row.FinishedAt is { } end ? new FinishedCount(row.Status == "completed", row.Status is "failed" or "timed_out", end - row.StartedAt!.Value, row.CreditsMicro) : null);
        }

        foreach (var row in batch.SelectMany(past => past.Events)) _ahead.Enqueue(row, (row.At, row.Stream, row.Seq));
        return transition;
    }

    /// <summary>Events are committed in the order of time, over all streams: what happens later than <paramref name="until"/> is for a later transition.</summary>
    private void TakeEvents(Transition transition, long until)
    {
        while (_ahead.TryPeek(out var row, out _) && row.At < until) transition.Events.Add(_ahead.Dequeue());
        _events += transition.Events.Count;
    }
}
