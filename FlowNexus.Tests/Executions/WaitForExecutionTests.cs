using System.Text.Json.Nodes;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Driving;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Executions;

public sealed class WaitForExecutionTests
{
    [Theory]
    [InlineData("""{"name":"ends within its start","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""")]
    [InlineData("""{"name":"ends later","steps":[{"name":"a","type":"delay","duration":"1ms"}]}""")]
    public async Task Wait_OfAnExecutionThatEnded_LeavesNothingBehind(string definition)
    {
        await using var engine = await EngineHost.StartAsync();
        var request = new StartRequest(await engine.SaveAsync(definition)) { Input = new JsonObject(), Watch = true };

        var started = await engine.Get<StartExecution>().RunAsync(Principal.LocalOwner, request);
        var ended = await engine.Get<WaitForExecution>().RunAsync(started, TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        Assert.Equal("completed", ended?.Row.Status);
        Assert.False(engine.Get<Terminations>().IsAwaited(started.Row.Id));
    }
}
