using FlowNexus.Web.Features.Executions;

namespace FlowNexus.Tests.Web.Features.Executions;

public sealed class ExecutionAddressTests
{
    [Fact]
    public void Address_OfAnyView_IsReadBackToIt()
    {
        var address = new ExecutionAddress { ExecutionId = "exec_1", Tab = "logs", Step = "fetch & store", Attempt = 2, Part = "events", Logs = new LogQuery("fetch & store", "warning", "a=b") };

        Assert.Equal(address, ExecutionAddress.Read("exec_1", "http://localhost" + address.Href));
    }

    [Fact]
    public void Address_OfTheFirstView_IsShort() => Assert.Equal("/executions/exec_1", new ExecutionAddress { ExecutionId = "exec_1" }.Href);

    [Fact]
    public void Address_WithWordsNobodyKnows_ShowsTheFirstView()
    {
        var read = ExecutionAddress.Read("exec_1", "http://localhost/executions/exec_1?tab=nowhere&part=else&attempt=-3");
        Assert.Equal(("timeline", "output", null), (read.Tab, read.Part, read.Attempt));
    }

    [Fact]
    public void AnotherStep_IsLookedAtFromItsLastAttempt() =>
        Assert.Equal(("b", null), (new ExecutionAddress { ExecutionId = "e", Step = "a", Attempt = 3 }.Of("b").Step, new ExecutionAddress { ExecutionId = "e", Step = "a", Attempt = 3 }.Of("b").Attempt));

    [Fact]
    public void Query_OfTheList_IsReadBackToIt()
    {
        var at = new DateTimeOffset(2026, 11, 25, 2, 3, 4, 567, TimeSpan.Zero);
        var query = ExecutionQuery.Of("failed", "timed_out") with { Workflow = "workflow_1", EndedAfter = at, EndedBefore = at.AddHours(1) };
        var read = ExecutionQuery.Read("http://localhost" + query.Href);

        Assert.Equal(query.Href, read.Href);
        Assert.Equal((query.Workflow, query.EndedAfter, query.EndedBefore), (read.Workflow, read.EndedAfter, read.EndedBefore));
        Assert.Equal(query.List.Statuses, read.List.Statuses);
    }
}
