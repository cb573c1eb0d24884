using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Tests.Audit;

public sealed class StoredReplayTests
{
    [Fact]
    public async Task StoredEvents_OfRealExecutions_RebuildTheirState()
    {
        await using var engine = await EngineHost.StartAsync();
        await engine.RunAsync("""{"name":"pure","steps":[{"name":"a","type":"transform","set":{"x":"{{ 1 + 1 }}"}},{"name":"b","type":"transform","set":{"y":"{{ steps.a.output.x }}"}}]}""");
        await engine.RunAsync("""{"name":"one commit a step","configuration":{"durability":"step"},"steps":[{"name":"a","type":"transform","set":{"x":1}},{"name":"b","type":"transform","set":{"y":2}}]}""");
        await engine.RunAsync("""{"name":"branch","steps":[{"name":"c","type":"conditional","conditions":[{"if":"input.n > 1","then":"big","else":"small"}]},{"name":"big","type":"transform","set":{"x":1}},{"name":"small","type":"transform","set":{"x":2}},{"name":"end","type":"transform","set":{"x":3}}]}""", """{"n":5}""");
        await engine.RunAsync("""{"name":"fails","error_handling":{"max_retries":1},"steps":[{"name":"a","type":"transform","retry_attempts":1,"set":{"x":"{{ steps.b.output.x }}"},"depends_on":["b"]},{"name":"b","type":"transform","set":{"y":2}}]}""");
        await engine.RunAsync("""{"name":"sleeps","steps":[{"name":"a","type":"delay","duration":"200ms"},{"name":"b","type":"transform","set":{"y":2}}]}""");
        await engine.RunAsync("""{"name":"agents","steps":[{"name":"data_extraction","type":"agent","agent_type":"researcher","description":"Extract the customer data"},{"name":"data_processing","type":"agent","agent_type":"analyst","description":"Clean and process extracted data"}]}""", """{"dataset":"small_sample"}""");
        await engine.RunAsync("""{"name":"no skill","steps":[{"name":"a","type":"agent","retry_attempts":1,"fallback_agent_type":"coder","description":"Extract the customer data"}]}""", """{"dataset":"no_such_dataset"}""");
        await engine.RunAsync("""{"name":"out of time","configuration":{"execution_timeout":1},"steps":[{"name":"a","type":"delay","duration":"30s"},{"name":"b","type":"transform","set":{"y":2}}]}""");
        await CancelOneAsync(engine);
        await SignalOneAsync(engine);

        await using var context = engine.Database.Read();
        Assert.Equal(["cancelled", "completed", "failed", "timed_out"], await context.Executions.Select(row => row.Status).Distinct().OrderBy(status => status).ToListAsync(TestContext.Current.CancellationToken));
        await StoredTruth.CheckAsync(engine.Database);
    }

    private static async Task SignalOneAsync(EngineHost engine)
    {
        var id = await engine.BeginAsync("""{"name":"signalled","steps":[{"name":"a","type":"wait_for_signal"},{"name":"b","type":"wait_for_signal"},{"name":"c","type":"transform","value":"{{ steps.b.output }}"}]}""");
        foreach (var signal in new[] { "b", "b", "a" })
            await engine.Get<SendSignal>().RunAsync(Principal.LocalOwner, new SignalRequest(id, signal, JsonNode.Parse("""{"text":"ü \u0001 <b>","n":1.50}"""), signal == "a" ? "key" : null));
        Assert.NotNull(await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, id, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    private static async Task CancelOneAsync(EngineHost engine)
    {
        var saved = await engine.Get<SaveWorkflow>().CreateAsync(Principal.LocalOwner, JsonNode.Parse("""{"name":"cancelled","steps":[{"name":"a","type":"delay","duration":"1h"},{"name":"b","type":"transform","set":{"y":2}}]}""")!.AsObject());
        var started = await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, new StartRequest(saved.Row.Id));
        var control = engine.Get<ControlExecution>();
        await control.PauseAsync(Principal.LocalOwner, started.Row.Id, "lunch");
        await control.ResumeAsync(Principal.LocalOwner, started.Row.Id);
        await control.CancelAsync(Principal.LocalOwner, started.Row.Id, "enough");
        Assert.NotNull(await engine.Get<WaitForExecution>().RunAsync(Principal.LocalOwner, started.Row.Id, TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }
}
