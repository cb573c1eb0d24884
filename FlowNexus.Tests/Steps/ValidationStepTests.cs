using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Tests.Expressions;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Steps;

public sealed class ValidationStepTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-validation").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task SpecRules_OnCleanRows_PassWithAReport()
    {
        var result = await Run("""["not_empty","format_check"]""", Rows(10, row => $$"""{"id":{{row}},"email":"p{{row}}@example.com","note":"note {{row}} {{(row % 2 == 0 ? "x" : "y")}}"}"""));
        Assert.Null(result.Failure);
        Assert.Empty(result.Warnings);
        Assert.Equal(10, result.RecordsProcessed);
        Assert.True(result.Output!["valid"]!.GetValue<bool>());
        Assert.Equal(1, result.Output["score"]!.GetValue<double>());
        Assert.Equal(["passed", "passed", "passed", "unchecked"], result.Output["checks"]!.AsArray().Select(check => check!["status"]!.GetValue<string>()));
        Assert.Equal(["integer", "email"], result.Output["checks"]!.AsArray().Select(check => check!["format"]?.GetValue<string>()).OfType<string>());
    }

    [Fact]
    public async Task InferredFormat_WithOneOutlierInTen_FailsNamingTheRow()
    {
        var result = await Run("""["format_check"]""", Rows(10, row => $$"""{"email":"{{(row == 6 ? "not an address" : $"p{row}@example.com")}}"}"""));
        Assert.Equal(ProblemCodes.ValidationFailed, result.Failure!.Code);
        Assert.False(result.Retryable);
        var detail = Assert.Single(result.Failure.Details);
        Assert.Equal(("/6/email", "format_check"), (detail.Pointer, detail.Rule));
        Assert.Contains("Row 7", detail.Message);
        Assert.Equal(0.9, result.Failure.Facts!["score"]!.GetValue<double>());
    }

    [Fact]
    public async Task NotRequired_FailureIsAWarning()
    {
        var result = await Run("""[{"rule":"range","column":"n","min":3}]""", Rows(5, row => $$"""{"n":{{row}}}"""), required: false);
        Assert.Null(result.Failure);
        Assert.Equal(["/0/n", "/1/n", "/2/n"], result.Warnings.Select(warning => warning.Pointer));
        Assert.False(result.Output!["valid"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("""["not_empty"]""", "[]", "")]
    [InlineData("""["not_empty"]""", """[{"a":"x"},{"a":"  "}]""", "/1")]
    [InlineData("""[{"rule":"not_empty","column":"b"}]""", """[{"a":1,"b":1},{"a":1}]""", "/1/b")]
    [InlineData("""[{"rule":"not_empty","columns":["zz"]}]""", """[{"a":1}]""", "")]
    [InlineData("""[{"rule":"format_check","formats":{"a":"date"}}]""", """[{"a":"2026-01-31"},{"a":"31.1.2026"},{"a":null}]""", "/1/a")]
    [InlineData("""[{"rule":"format_check","formats":{"zz":"date"}}]""", """[{"a":"x"}]""", "")]
    [InlineData("""[{"rule":"range","column":"a","max":2}]""", """[{"a":2},{"a":2.5},{"a":null}]""", "/1/a")]
    [InlineData("""[{"rule":"range","column":"a","min":0}]""", """[{"a":1},{"a":"many"}]""", "/1/a")]
    [InlineData("""[{"rule":"regex","column":"a","pattern":"^[A-Z]{2}$"}]""", """[{"a":"DE"},{"a":"Germany"}]""", "/1/a")]
    [InlineData("""[{"rule":"unique","column":"a"}]""", """[{"a":1},{"a":1},{"a":null},{"a":null}]""", "/1/a")]
    [InlineData("""[{"rule":"unique","columns":["a","b"]}]""", """[{"a":1,"b":1},{"a":1,"b":2},{"a":1,"b":1}]""", "/2/a, b")]
    [InlineData("""[{"rule":"json_schema","schema":{"properties":{"a":{"type":"integer"}}}}]""", """[{"a":1},{"a":"1"}]""", "/1")]
    public async Task Rule_Broken_NamesTheRow(string rules, string rows, string pointer)
    {
        var result = await Run(rules, $$"""{"rows":{{rows}}}""");
        Assert.Equal(ProblemCodes.ValidationFailed, result.Failure!.Code);
        Assert.Equal(pointer, Assert.Single(result.Failure.Details).Pointer);
    }

    [Fact]
    public async Task ManyBrokenRows_AreCountedAndAFewAreShown()
    {
        var result = await Run("""[{"rule":"range","column":"n","max":-1}]""", Rows(5000, row => $$"""{"n":{{row}}}"""));
        Assert.Equal(5000, result.Failure!.Facts!["checks"]![0]!["failed_count"]!.GetValue<int>());
        Assert.Equal(20, result.Failure.Facts["checks"]![0]!["failures"]!.AsArray().Count);
        Assert.Contains("5000 rows", result.Failure.Message);
    }

    [Fact]
    public async Task TableArtifact_IsReadFromItsFile()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "artifact_1"), "id,name,joined\n1,\"Ada, L\",2026-01-01\n2,,2026-13-01\n", TestContext.Current.CancellationToken);
        const string output = """{"table":{"artifact_id":"artifact_1","name":"t.csv","media_type":"text/csv","size":52,"sha256":"x"},"rows":2,"columns":[{"name":"id","kind":"integer"}]}""";
        var result = await Run("""[{"rule":"not_empty","column":"name"},{"rule":"format_check","formats":{"joined":"date"}},{"rule":"json_schema","schema":{"properties":{"id":{"type":"integer"}}}}]""", output);
        Assert.Equal(["/1/name", "/1/joined"], result.Failure!.Details.Select(detail => detail.Pointer));
        Assert.Equal(52, result.BytesRead);
        Assert.Equal(2, result.RecordsProcessed);
    }

    [Fact]
    public async Task DataSetting_ChoosesTheRows()
    {
        var scope = Scopes.Of("""{"people":[{"n":1}]}""", ("a", """{"rows":[{"n":5}]}"""), ("b", """{"rows":[{"n":7}]}"""));
        Assert.Null((await Run("""{"name":"v","type":"validation","data":"{{ input.people }}","validation_rules":[{"rule":"range","column":"n","max":1}]}""", scope)).Failure);
        var failure = await Assert.ThrowsAsync<ProblemException>(() => Run("""{"name":"v","type":"validation","validation_rules":["not_empty"]}""", scope));
        Assert.Contains("steps.a.output", failure.Problem.Message);
    }

    [Fact]
    public async Task NoData_SaysSo() =>
        Assert.Equal(ProblemCodes.NoData, (await Assert.ThrowsAsync<ProblemException>(() => Run("""["not_empty"]""", """{"count":3}"""))).Problem.Code);

    private static string Rows(int count, Func<int, string> row) => $$"""{"rows":[{{string.Join(',', Enumerable.Range(0, count).Select(row))}}]}""";

    private Task<StepResult> Run(string rules, string output, bool required = true) =>
        Run($$"""{"name":"v","type":"validation","required":{{(required ? "true" : "false")}},"validation_rules":{{rules}}}""", Scopes.Of("{}", ("extract", output)));

    private Task<StepResult> Run(string step, StepScope scope) => ((IEffectBehaviour)Prepared.Behaviour(step)).RunAsync(new StepContext
    {
        Step = Prepared.Step(step),
        Scope = scope,
        Attempt = 1,
        IdempotencyKey = "exec_1:v:0",
        Artifacts = new FolderFiles(_folder),
        Time = new FakeTimeProvider(),
        ReportProgress = _ => { },
    }, TestContext.Current.CancellationToken);

    private sealed class FolderFiles(string folder) : IArtifactFiles
    {
        public Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken) => Task.FromResult<Stream>(File.OpenRead(Path.Combine(folder, artifactId)));
    }
}
