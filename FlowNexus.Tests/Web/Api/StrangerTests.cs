using System.Net;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

[Collection(ServerGroup.Name)]
public sealed class StrangerTests(SqliteServerFixture server)
{
    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "evil.example:80")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    [InlineData("Forwarded", "for=10.0.0.1")]
    [InlineData("X-Real-IP", "10.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Request_OfAStranger_IsRefused(string header, string value)
    {
        var read = await server.Api.SendAsync(HttpMethod.Get, "workflows", null, (header, value));
        Assert.Equal(HttpStatusCode.Unauthorized, read.Status);
        var write = await server.Api.PostAsync("workflows", """{"name":"x","steps":[{"name":"a","type":"transform","set":{"x":1}}]}""", (header, value));
        Assert.Equal((HttpStatusCode.Unauthorized, "UNAUTHENTICATED"), (write.Status, write.Code));
    }

    [Theory]
    [InlineData("GET", "system")]
    [InlineData("POST", "system/pause")]
    [InlineData("POST", "system/resume")]
    [InlineData("POST", "queues/workflow_executions/pause")]
    [InlineData("POST", "queues/workflow_executions/resume")]
    [InlineData("POST", "workflows/w/pause")]
    [InlineData("POST", "workflows/w/resume")]
    [InlineData("POST", "executions/e/retry")]
    [InlineData("POST", "executions/e/signals/s")]
    [InlineData("POST", "executions/e/steps/s/complete")]
    [InlineData("POST", "workflows/w/test_step")]
    [InlineData("GET", "workflows/w/versions/1/diff")]
    [InlineData("POST", "workflows/w/versions/1/restore")]
    [InlineData("GET", "workflows/w/draft")]
    [InlineData("DELETE", "workflows/w/draft")]
    [InlineData("GET", "executions/e/compare")]
    [InlineData("GET", "dashboard")]
    [InlineData("POST", "files")]
    [InlineData("GET", "files")]
    [InlineData("GET", "files/a")]
    [InlineData("DELETE", "files/a")]
    public async Task Request_OfAForeignPage_IsRefused(string method, string path)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Api.SendAsync(new HttpMethod(method), path, null, ("Origin", "https://evil.example"))).Status);
    }

    [Fact]
    public async Task Request_OfAPageOfItsOwn_IsAnswered() =>
        Assert.Equal(HttpStatusCode.OK, (await server.Api.SendAsync(HttpMethod.Get, "workflows", null, ("Origin", server.Address.GetLeftPart(UriPartial.Authority)))).Status);
}
