using FlowNexus.Web.Features.Executions;
using Microsoft.AspNetCore.WebUtilities;

namespace FlowNexus.Tests.Web.Features.Executions;

public sealed class LogQueryTests
{
    [Fact]
    public void Address_OfAQuery_IsReadBackToIt()
    {
        var query = new LogQuery("fetch orders", "warning", "key=50 % & more");
        Dictionary<string, string?> address = new() { ["step"] = "another" };
        query.AddTo(address);

        Assert.Equal(query, LogQuery.Read(QueryHelpers.AddQueryString("http://localhost/executions/exec_1", address)));
    }

    [Fact]
    public void Address_WithoutAQuery_ShowsEverything() =>
        Assert.False(LogQuery.Read("http://localhost/executions/exec_1?step=another&tab=logs").IsFiltered);
}
