using System.Text.RegularExpressions;

namespace FlowNexus.Tests.Architecture;

/// <summary>
/// The rules of the product are plain functions: they reach no storage, no framework, no clock and no disk, so that they
/// can be tested by calling them and replayed at any time.
/// </summary>
public sealed partial class PureFolders
{
    /// <summary>Folders, and single files where a folder also holds what drives the rules.</summary>
    private static readonly string[] Pure =
    [
        "FlowNexus.Engine/Expressions/",
        "FlowNexus.Engine/Executions/Machine/",
        "FlowNexus.Engine/Queues/QueuePolicy.cs",
        "FlowNexus.Engine/Queues/TaskQueuePolicy.cs",
        "FlowNexus.Engine/Agents/Matching/",
        "FlowNexus.Engine/Workflows/WorkflowGraph.cs",
    ];

    public static TheoryData<string> PureFiles => [.. SourceTree.Files.Where(file => Pure.Any(pure => file.Path.StartsWith(pure, StringComparison.Ordinal))).Select(file => file.Path)];

    [Fact]
    public void PureFolders_Exist() =>
        Assert.Equal([], Pure.Where(pure => !SourceTree.Files.Any(file => file.Path.StartsWith(pure, StringComparison.Ordinal))));

    [Theory]
    [MemberData(nameof(PureFiles))]
    public void PureFile_ReachesNoStorageAndNoFramework(string path)
    {
        var code = SourceTree.CodeOf(SourceTree.Files.Single(file => file.Path == path).Text);
        Assert.Empty(Forbidden().Matches(code).Select(match => match.Value.Trim()));
    }

    [Theory]
    [InlineData("using FlowNexus.Engine.Storage.Rows;")]
    [InlineData("using Microsoft.EntityFrameworkCore;")]
    [InlineData("using Orleans;")]
    [InlineData("var now = TimeProvider.System.GetUtcNow();")]
    [InlineData("File.ReadAllText(path);")]
    [InlineData("Storage.Journal.JournalWriter writer;")]
    [InlineData("Task RunAsync() => x;")]
    public void Forbidden_FindsIt(string code) => Assert.Matches(Forbidden(), code);

    [GeneratedRegex("""
        \b(FlowNexus\.Engine\.|(?<![\w.]))(Storage|Cluster|Hosting|Triggers|Artifacts)\.\w+   # what does things
        | (?<![\w.])(Microsoft|Orleans|Quartz|SQLitePCL|Npgsql)\s*[.;]                          # frameworks
        | \bSystem\.(IO|Net|Data|Threading|Diagnostics)\b
        | (?<![\w.])(File|Directory|HttpClient|Stopwatch|Environment|Thread|Console)\.\w+
        | \b(TimeProvider|ILogger|DbContext|IGrainFactory|CancellationToken)\b
        | \bTask(<[^>]*>)?\s+\w+Async\b
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Forbidden();
}
