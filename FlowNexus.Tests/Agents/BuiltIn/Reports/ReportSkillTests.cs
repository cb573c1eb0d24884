using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

public sealed class ReportSkillTests : IDisposable
{
    private readonly ReportStep _step = new();

    [Theory]
    [InlineData("pdf", "application/pdf", "%PDF-")]
    [InlineData("html", "text/html; charset=utf-8", "<!doctype html>")]
    [InlineData("markdown", "text/markdown; charset=utf-8", "# Customer analytics")]
    [InlineData("csv", "text/csv; charset=utf-8", "order_id,order_date,")]
    [InlineData("json", "application/json", "{\n  \"title\": \"Customer analytics\"")]
    [InlineData("dashboard", "text/html; charset=utf-8", "<!doctype html>")]
    public async Task Format_Asked_IsWritten(string format, string mediaType, string start)
    {
        var result = await _step.RunAsync(await _step.DataStepAsync(SalesData.Make(200)), input: $$"""{"output_format":"{{format}}"}""");

        var report = Assert.Single(result.Artifacts);
        var bytes = await _step.BytesAsync(result);
        Assert.Equal(mediaType, report.MediaType);
        Assert.StartsWith(start, Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), report.Sha256);
        Assert.Equal(format, (string?)result.Output!["format"]);
        Assert.Equal(report.ArtifactId, (string?)result.Output["report"]!["artifact_id"]);
        Assert.Equal(200, result.RecordsProcessed);
        Assert.Equal(200, (int)result.Output["rows"]!);
        Assert.NotEmpty(result.Output["findings"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"format":"markdown","output_format":"csv"}""", "markdown")]
    [InlineData("""{"output_format":" CSV "}""", "csv")]
    [InlineData("""{"format":"  "}""", "json")]
    [InlineData("{}", "json")]
    public async Task Format_InSettings_WinsOverInput(string settings, string expected)
    {
        var result = await _step.RunAsync(await _step.DataStepAsync(SalesData.Make(30)), settings, """{"output_format":"json"}""");

        Assert.Equal(expected, (string?)result.Output!["format"]);
    }

    [Fact]
    public async Task Format_NowhereNamed_IsHtml() =>
        Assert.Equal("html", (string?)(await _step.RunAsync(await _step.DataStepAsync(SalesData.Make(30)))).Output!["format"]);

    [Fact]
    public async Task Format_Unknown_FailsListingTheAllowed()
    {
        var problem = await _step.FailAsync(await _step.DataStepAsync(SalesData.Make(30)), input: """{"output_format":"docx"}""");

        Assert.Equal(ProblemCodes.InvalidInputData, problem.Code);
        var detail = Assert.Single(problem.Details);
        Assert.Equal("/input_data/output_format", detail.Pointer);
        Assert.Equal(["pdf", "html", "markdown", "csv", "json", "dashboard"], detail.Allowed!);
    }

    [Fact]
    public async Task Data_None_FailsSayingSo()
    {
        Assert.Equal(ProblemCodes.NoData, (await _step.FailAsync(null)).Code);
        Assert.Equal(ProblemCodes.NoData, (await _step.FailAsync(new JsonObject { ["answer"] = 42 })).Code);
        Assert.Equal(ProblemCodes.NoData, (await _step.FailAsync(await _step.DataStepAsync(SalesData.Make(0)))).Code);
    }

    [Fact]
    public async Task Kinds_NotGiven_AreFoundInTheTable()
    {
        var table = SalesData.Make(500);
        var told = await _step.RunAsync(await _step.DataStepAsync(table), """{"format":"json"}""");
        var found = await _step.RunAsync(await _step.DataStepAsync(table, withKinds: false), """{"format":"json"}""");

        Assert.Equal(Encoding.UTF8.GetString(await _step.BytesAsync(told)), Encoding.UTF8.GetString(await _step.BytesAsync(found)));
    }

    [Fact]
    public async Task Lineage_OfTheData_IsTold()
    {
        var result = await _step.RunAsync(await _step.DataStepAsync(SalesData.Make(50)), """{"format":"markdown"}""");

        Assert.Contains("Removed duplicate rows. (duplicates removed 87)", Encoding.UTF8.GetString(await _step.BytesAsync(result)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pdf")]
    [InlineData("html")]
    [InlineData("markdown")]
    [InlineData("csv")]
    [InlineData("json")]
    [InlineData("dashboard")]
    public async Task SameInput_Twice_SameBytes(string format)
    {
        var upstream = await _step.DataStepAsync(SalesData.Make(300));
        var settings = $$"""{"format":"{{format}}"}""";

        Assert.Equal(await _step.BytesAsync(await _step.RunAsync(upstream, settings)), await _step.BytesAsync(await _step.RunAsync(upstream, settings)));
    }

    [Fact]
    public void Words_OfTheContract_AreInTheDescription()
    {
        var skill = new ReportSkill();

        Assert.Contains("Generate comprehensive reports", skill.Description, StringComparison.Ordinal);
        Assert.Equal(["coder"], skill.AgentTypes);
    }

    public void Dispose() => _step.Dispose();
}
