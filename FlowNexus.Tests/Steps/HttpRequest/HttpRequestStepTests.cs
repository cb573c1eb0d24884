using System.Text.Json.Nodes;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Steps.HttpRequest;
using FlowNexus.Engine.Workflows;
using FlowNexus.Tests.Agents.BuiltIn.Kit;
using FlowNexus.Tests.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace FlowNexus.Tests.Steps.HttpRequest;

public sealed class HttpRequestStepTests : IDisposable
{
    private readonly SkillBench _bench = new(new OutboundHttpOptions { AllowedHosts = ["127.0.0.1"], MaxResponseBytes = 2_000_000 });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Request_WithTemplates_SendsBodyQueryHeadersAndTheStableKey()
    {
        string? seen = null;
        await using var server = await LoopbackServer.StartAsync(app => app.MapPost("/orders/{id}", async (HttpContext context, string id) =>
        {
            var request = context.Request;
            using var reader = new StreamReader(request.Body);
            seen = $"{id}|{request.Query["q"]}|{request.Headers["X-Team"]}|{request.Headers["Idempotency-Key"]}|{request.ContentType}|{await reader.ReadToEndAsync(TestContext.Current.CancellationToken)}";
            return Results.Json(new { ok = true, id }, statusCode: 201);
        }));
        _bench.Input = new JsonObject { ["id"] = 7, ["q"] = "a b&c" };
        var result = await RunAsync(new JsonObject
        {
            ["method"] = "POST", ["url"] = server.Address + "/orders/{{ input.id }}", ["query"] = new JsonObject { ["q"] = "{{ input.q }}" },
            ["headers"] = new JsonObject { ["X-Team"] = "data" }, ["body"] = new JsonObject { ["number"] = "{{ input.id }}" }, ["expected_status"] = 201,
        });
        Assert.Equal("7|a b&c|data|exec_1:call:0|application/json; charset=utf-8|{\"number\":7}", seen);
        Assert.Equal(201, result.Output!["status"]!.GetValue<int>());
        Assert.Equal("7", result.Output!["body"]!["id"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(404, false)]
    [InlineData(429, true)]
    [InlineData(503, true)]
    public async Task Status_Unexpected_IsRetryableOnlyWhereItMayHelp(int status, bool retryable)
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", () => Results.Text("because", statusCode: status)));
        var result = await RunAsync(new JsonObject { ["url"] = server.Address + "/" });
        Assert.Equal(ProblemCodes.HttpFailed, result.Failure!.Code);
        Assert.Equal(retryable, result.Retryable);
        Assert.Contains("because", result.Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_Large_BecomesAFile()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/big.txt", () => Results.Text(new string('x', 1_000_000))));
        var result = await RunAsync(new JsonObject { ["url"] = server.Address + "/big.txt" });
        Assert.Null(result.Output!["body"]);
        Assert.Equal("big.txt", result.Output!["body_file"]!["name"]!.GetValue<string>());
        Assert.Equal(1_000_000, Assert.Single(result.Artifacts).Size);
    }

    [Fact]
    public async Task Answer_LargerThanAllowed_Fails()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", async (HttpResponse response) =>
        {
            for (var part = 0; part < 30; part++)
                await response.WriteAsync(new string('x', 100_000), TestContext.Current.CancellationToken);
        }));
        var result = await RunAsync(new JsonObject { ["url"] = server.Address + "/" });
        Assert.Contains("MaxResponseBytes", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Redirect_ToAnotherOrigin_LosesCredentials()
    {
        string? seen = "unset";
        await using var target = await LoopbackServer.StartAsync(app => app.MapGet("/", (HttpContext context) => { seen = context.Request.Headers.Authorization.ToString() + context.Request.Headers["X-Token"]; return "ok"; }));
        await using var first = await LoopbackServer.StartAsync(app => app.MapGet("/", () => Results.Redirect(target.Address + "/")));
        var result = await RunAsync(new JsonObject { ["url"] = first.Address + "/", ["headers"] = new JsonObject { ["Authorization"] = "Bearer s", ["X-Token"] = "s" } });
        Assert.Equal("ok", result.Output!["body"]!.GetValue<string>());
        Assert.Equal("", seen);
    }

    [Fact]
    public async Task Redirect_ToAPrivateAddress_IsRefused()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", () => Results.Redirect("http://169.254.169.254/latest/meta-data")));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(new JsonObject { ["url"] = server.Address + "/" }));
        Assert.Equal(ProblemCodes.AddressRefused, problem.Problem.Code);
    }

    [Fact]
    public async Task Redirect_WithoutEnd_Fails()
    {
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", () => Results.Redirect("/")));
        Assert.Contains("redirects more than 5 times", (await RunAsync(new JsonObject { ["url"] = server.Address + "/" })).Failure!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:1/")]
    [InlineData("http://[::1]:1/")]
    [InlineData("http://[::ffff:127.0.0.1]:1/")]
    [InlineData("http://0x7f.1:1/")]
    [InlineData("http://2130706433:1/")]
    public async Task Address_AnySpellingOfLoopback_IsRefused(string url)
    {
        using var http = new OutboundHttp(Microsoft.Extensions.Options.Options.Create(new OutboundHttpOptions()));
        var problem = await Assert.ThrowsAsync<ProblemException>(() => RunAsync(new JsonObject { ["url"] = url }, http));
        Assert.Equal(ProblemCodes.AddressRefused, problem.Problem.Code);
    }

    [Fact]
    public async Task Server_DoesNotAnswer_TimesOutAndMayBeRetried()
    {
        var asked = new TaskCompletionSource();
        await using var server = await LoopbackServer.StartAsync(app => app.MapGet("/", async (HttpContext context) =>
        {
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        }));
        var running = RunAsync(new JsonObject { ["url"] = server.Address + "/", ["request_timeout"] = 5 });
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        _bench.Time.Advance(TimeSpan.FromSeconds(6));
        var result = await running;
        Assert.True(result.Retryable);
        Assert.Contains("5 s", result.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_NotThere_MayBeRetried()
    {
        string address;
        await using (var server = await LoopbackServer.StartAsync(_ => { }))
            address = server.Address;
        var result = await RunAsync(new JsonObject { ["url"] = address });
        Assert.Equal(ProblemCodes.HttpFailed, result.Failure!.Code);
        Assert.True(result.Retryable);
    }

    [Fact]
    public void Validate_WrongSettings_ReportsEach()
    {
        var problems = new List<ProblemDetail>();
        new HttpRequestStep(_bench.Http).Validate(Step(new JsonObject { ["method"] = "FETCH", ["headers"] = "x", ["expected_status"] = "fine", ["url"] = "{{ nope" }), problems.Add);
        Assert.Equal(["/config/expected_status", "/config/headers", "/config/method", "/config/url"], problems.Select(problem => problem.Pointer).Order(StringComparer.Ordinal));
    }

    private static StepDefinition Step(JsonObject config) => new() { Name = "call", Type = "http_request", Source = new JsonObject { ["name"] = "call", ["config"] = config } };

    private Task<StepResult> RunAsync(JsonObject config, OutboundHttp? http = null)
    {
        var behaviour = (IEffectBehaviour)new HttpRequestStep(http ?? _bench.Http).Prepare(Step(config.DeepClone().AsObject()));
        return behaviour.RunAsync(_bench.Context("call", null), TestContext.Current.CancellationToken);
    }
}
