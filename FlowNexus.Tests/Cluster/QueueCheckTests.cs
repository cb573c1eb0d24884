using FlowNexus.Engine.Access;
using FlowNexus.Engine.Cluster;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Engine.Pauses;
using FlowNexus.Engine.Queues;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Cluster;

public sealed class QueueCheckTests
{
    private const string OneAtATime = """{"name":"one","configuration":{"concurrency":{"limit":1}},"steps":[{"name":"a","type":"transform","set":{"x":1}}]}""";
    private const string Asking = """{"name":"asking","steps":[{"name":"a","type":"agent","agent_type":"researcher","config":{"skill":"extract","dataset":"small_sample"}}]}""";

    [Fact]
    public async Task Queued_WhoseNodeDiedBeforeItStoodInLine_RunsAllTheSame()
    {
        await using var engine = await StartAsync();
        var (workflow, prepared) = await engine.Get<WorkflowVersions>().GetActiveAsync(await engine.SaveAsync(OneAtATime));
        var row = engine.Get<StartExecution>().NewRow(Principal.LocalOwner, new StartRequest(workflow.Id), workflow, prepared);
        await engine.Get<ExecutionHost>().BeginAsync(prepared, row, null, start: false, null, null, []);
        await CompletesAsync(engine, row.Id);
    }

    [Fact]
    public async Task Place_OfWhatNeverCommitted_IsGivenBack()
    {
        await using var engine = await StartAsync();
        var workflow = await engine.SaveAsync(OneAtATime);
        var limit = new ConcurrencyLimit(workflow, null, 1);
        Assert.Equal(QueueAnswer.Admitted, (await engine.Get<IExecutionQueue>().EnterAsync(new QueueEntry("exec_of_a_node_that_died", 5, workflow, limit))).Answer);
        var started = await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(workflow));
        Assert.Equal("queued", started.Row.Status);
        await CompletesAsync(engine, started.Row.Id);
    }

    [Fact]
    public async Task Task_WhoseRequestGotLost_IsAskedForAgain()
    {
        await using var engine = await StartAsync();
        var pause = engine.Get<PauseAdmission>();
        await pause.PauseQueueAsync(Principal.LocalOwner, GrainQueues.Tasks, null);
        var id = await engine.BeginAsync(Asking);
        var task = await engine.EventuallyAsync(context => context.Tasks.FirstOrDefaultAsync(row => row.ExecutionId == id && row.Status == "queued"));
        var line = engine.Get<ITaskLine>();
        while ((await line.PlacesAsync([task.Id])).Count == 0) await Task.Yield();
        await engine.Get<ITaskDispatcher>().ReleaseAsync(task.Id, task.Attempt);
        Assert.Empty(await line.PlacesAsync([task.Id]));
        await pause.ResumeQueueAsync(Principal.LocalOwner, GrainQueues.Tasks, null);
        await CompletesAsync(engine, id);
    }

    private static Task<EngineHost> StartAsync() => EngineHost.StartAsync(new Dictionary<string, string?> { ["FlowNexus:QueueCheckSeconds"] = "1" });

    private static async Task CompletesAsync(EngineHost engine, string id)
    {
        var ended = await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal("completed", (await engine.StatusAsync(id)).Status);
        Assert.NotNull(ended);
    }
}
