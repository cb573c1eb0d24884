using System.Diagnostics;
using System.Text.Json.Nodes;
using FlowNexus.Benchmarks.Load;
using FlowNexus.Benchmarks.Reports;
using FlowNexus.Benchmarks.Server;

namespace FlowNexus.Benchmarks.Dispatch;

/// <summary>What goes through the queues: a line is made while the queue is paused, then it is let go.</summary>
internal static class DispatchBenchmark
{
    private const int Executions = 20_000;
    private const int Tasks = 4_000;

    public static async Task<IReadOnlyList<Measurement>> RunAsync(CommandLine command, WorkSpace space, CancellationToken cancellationToken)
    {
        string[] settings = [.. command.ServerSettings, "--FlowNexus:InitialCredits=1000000000", "--FlowNexus:ExecutionQueueCapacity=1000000", "--FlowNexus:MaxRunningExecutions=10000"];
        await using var server = await ServerProcess.StartAsync(command.Server, space.Fresh("dispatch"), cancellationToken, settings);
        using var http = LoopbackHttp.Create(Submission.Clients);
        var api = new FlowNexusApi(http, server.Address);
        var steps = await api.CreateWorkflowAsync(Workload.All.First(one => one.Name == "W1").Definition, cancellationToken);
        var tasks = await api.CreateWorkflowAsync(new JsonObject { ["name"] = "tasks", ["steps"] = new JsonArray(new JsonObject { ["name"] = "look", ["type"] = "agent", ["config"] = new JsonObject { ["skill"] = "profile" } }) }, cancellationToken);
        List<Measurement> measured = [];
        measured.Add(await DrainAsync("dispatch_executions", "executions through their queue", "workflow_executions", steps, Executions, """{"input_data":{"n":1}}"""));
        measured.Add(await DrainAsync("dispatch_tasks", "tasks through the queue to agents that do them", "agent_assignments", tasks, Tasks, """{"input_data":{"rows":[{"n":1},{"n":2}]}}"""));
        return measured;

        async Task<Measurement> DrainAsync(string id, string title, string queue, string workflow, int count, string body)
        {
            await Submission.RunAsync(http, api, workflow, count / 10, body, cancellationToken);
            await Submission.UntilAtRestAsync(api, cancellationToken);
            await api.PostAsync($"queues/{queue}/pause", cancellationToken);
            await Submission.RunAsync(http, api, workflow, count, body, cancellationToken);
            var started = Stopwatch.GetTimestamp();
            await api.PostAsync($"queues/{queue}/resume", cancellationToken);
            await Submission.UntilAtRestAsync(api, cancellationToken);
            var rate = count / Stopwatch.GetElapsedTime(started).TotalSeconds;
            var completed = await api.GetAsync($"executions?workflow_id={workflow}&status=failed&limit=1", cancellationToken);
            if (completed["total_count"]!.GetValue<int>() > 0) throw new BenchmarkException($"Executions of {title} failed: {completed.ToJsonString()}");
            Console.WriteLine($"{title}: {rate:0}/s");
            return new Measurement(id, title, rate, "per s") { Samples = count };
        }
    }
}
