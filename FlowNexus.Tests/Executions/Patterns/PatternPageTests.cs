using System.Reflection;
using System.Text;
using FlowNexus.Tests.Architecture;

namespace FlowNexus.Tests.Executions.Patterns;

public sealed class PatternPageTests
{
    private const string Rewrite = "FLOWNEXUS_WRITE_DOCS";

    private static readonly List<PatternAttribute> Patterns =
        [.. typeof(PatternPageTests).Assembly.GetTypes().SelectMany(type => type.GetMethods()).Select(method => method.GetCustomAttribute<PatternAttribute>()).OfType<PatternAttribute>().OrderBy(pattern => pattern.Number)];

    [Fact]
    public void EveryPattern_HasOneTest() => Assert.Equal(Enumerable.Range(1, 43), Patterns.Select(pattern => pattern.Number));

    /// <summary>Set the variable to write the page anew.</summary>
    [Fact]
    public void Page_SaysWhatTheTestsShow()
    {
        var path = Path.Combine(SourceTree.Root, "docs", "patterns.md");
        if (Environment.GetEnvironmentVariable(Rewrite) is not null) File.WriteAllText(path, Page());
        Assert.True(File.Exists(path) && File.ReadAllText(path) == Page(), $"docs/patterns.md is not what the tests say; run them once with {Rewrite}=1.");
    }

    private static string Page()
    {
        int Count(Verdict verdict) => Patterns.Count(pattern => pattern.Verdict == verdict);
        var page = new StringBuilder();
        page.Append("# Workflow control-flow patterns\n\n");
        page.Append("How the 43 control-flow patterns of Russell, ter Hofstede, van der Aalst and Mulyar are written in FlowNexus.\n");
        page.Append("This page is made from the tests in `FlowNexus.Tests/Executions/Patterns`, one for each pattern, which run on the real engine.\n\n");
        page.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Count(Verdict.Direct)} direct, {Count(Verdict.Workaround)} with a workaround, {Count(Verdict.Not)} not.\n\n");
        page.Append("| WCP | pattern | verdict | how, or why not |\n|---|---|---|---|\n");
        foreach (var one in Patterns) page.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {one.Number} | {one.Name} | {one.Verdict.ToString().ToLowerInvariant()} | {one.Reason} |\n");
        return page.ToString();
    }
}
