using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FlowNexus.Engine.Agents.BuiltIn.Reports;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Html;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Text;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

/// <summary>Data that tries to become markup, script or formula.</summary>
public sealed partial class HostileDataTests
{
    private const string Script = "<script>alert(1)</script>";
    private const string Breakout = "</script><img src=x onerror=alert(1)>\"'>";

    [Fact]
    public void Html_MarkupInData_StaysText()
    {
        var page = HtmlReport.Write(Model());

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Dashboard_MarkupInData_CannotLeaveItsScript()
    {
        var page = DashboardPage.Write(Model(), Hostile(), ReportChoices.None);

        Assert.Equal(2, ScriptStart().Count(page));
        Assert.Equal(2, ScriptEnd().Count(page));
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        var data = JsonDocument.Parse(Embedded().Match(page).Groups["json"].Value).RootElement;
        Assert.Equal(Script, data.GetProperty("columns")[0].GetProperty("name").GetString());
    }

    [Fact]
    public void Pages_Always_AskForNothingOutside()
    {
        foreach (var page in (string[])[HtmlReport.Write(SalesData.Model()), DashboardPage.Write(SalesData.Model(), SalesData.Make(), ReportChoices.None)])
        {
            Assert.DoesNotMatch(@"(src|href)\s*=|url\(|@import|fetch\(|innerHTML", page);
            Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/2000/svg)", page);
        }
    }

    [Fact]
    public void Markdown_MarkupInData_StaysText()
    {
        var text = MarkdownReport.Write(Model());

        Assert.DoesNotContain("<script", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("[click](", text, StringComparison.Ordinal);
        var rows = text.Split('\n').Where(line => line.StartsWith('|')).ToList();
        Assert.Contains(rows, row => row.Contains(@"a\|b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+4712", "'+4712")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\tx", "'\tx")]
    [InlineData("plain", "plain")]
    public void Csv_Formula_IsDisarmed(string value, string expected) => Assert.Equal(expected, ReportCsv.Cell(value));

    [Fact]
    public async Task Csv_Numbers_StayNumbers()
    {
        using var stream = new MemoryStream();
        await ReportCsv.WriteAsync(new Table("t", [new Column("=x", ColumnKind.Number, [-1.5, null]), new Column("b", ColumnKind.Boolean, [true, false])]), stream, TestContext.Current.CancellationToken);

        Assert.Equal("'=x,b\n-1.5,true\n,false\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static Table Hostile() => new("t",
    [
        new Column(Script, ColumnKind.Text, [Script, Breakout, "a|b\nc", "[click](javascript:alert(1))", Script, Script, Breakout, Breakout]),
        new Column("<b>revenue</b>", ColumnKind.Number, [1d, 2d, 3d, 4d, 5d, 6d, 7d, 8d]),
    ]);

    private static ReportModel Model() => ReportBuilder.Build(
        Hostile(), [new ProcessingStep(Script, Script, Breakout, [new Figure(Script, 1)])], ReportChoices.None with { Title = Script, Categories = [Script] },
        SalesData.Provenance with { Source = Script, RequestedPeriod = Breakout, Workflow = Script }, "unused");

    [GeneratedRegex("<script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptStart();

    [GeneratedRegex("</script", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptEnd();

    [GeneratedRegex("<script type=\"application/json\" id=\"data\">(?<json>.*?)</script>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Embedded();
}
