using System.Text.RegularExpressions;

namespace FlowNexus.Tests.Architecture;

/// <summary>Rules that text alone can break.</summary>
public sealed partial class HouseRules
{
    private const int LongestFile = 400;

    private static readonly string[] Drawers = ["Models", "Services", "Contracts", "Helpers", "Utils", "Common", "Managers", "Extensions"];

    private static readonly string[] ThisMachine = [SourceTree.Root + "/", Environment.MachineName.Length > 5 ? Environment.MachineName : SourceTree.Root + "/"];

    [Fact]
    public void Namespaces_FollowFolders()
    {
        var wrong =
            from file in SourceTree.HandWritten
            where file.Path.EndsWith(".cs", StringComparison.Ordinal)
            from Match declared in NamespaceLine().Matches(SourceTree.CodeOf(file.Text))
            let expected = Path.GetDirectoryName(file.Path)!.Replace('/', '.')
            where declared.Groups["name"].Value != expected
            select $"{file.Path}: namespace {declared.Groups["name"].Value}, folder says {expected}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Types_HaveANamespace()
    {
        var wrong =
            from file in SourceTree.HandWritten
            where file.Path.EndsWith(".cs", StringComparison.Ordinal) && !file.Path.EndsWith("/Program.cs", StringComparison.Ordinal)
            where !file.Path.EndsWith("/StartupHook.cs", StringComparison.Ordinal) // the runtime looks for it without a namespace
            let code = SourceTree.CodeOf(file.Text)
            where TypeDeclaration().IsMatch(code) && !NamespaceLine().IsMatch(code)
            select file.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Methods_AreNeverAsyncVoid() =>
        Assert.Empty(SourceTree.HandWritten.Where(file => AsyncVoid().IsMatch(SourceTree.CodeOf(file.Text))).Select(file => file.Path));

    [Fact]
    public void Folders_NameThingsOfTheProduct() =>
        Assert.DoesNotContain(SourceTree.Folders, folder => folder.Split('/').Any(part => Drawers.Contains(part, StringComparer.OrdinalIgnoreCase)));

    [Fact]
    public void Files_AreShortEnoughToRead() =>
        Assert.Empty(SourceTree.HandWritten.Where(file => file.Lines > LongestFile).Select(file => $"{file.Path}: {file.Lines} lines, at most {LongestFile}"));

    [Fact]
    public void Versions_StandInOnePlace()
    {
        var wrong =
            from file in SourceTree.Files
            where file.Path.EndsWith(".csproj", StringComparison.Ordinal) || (file.Path.EndsWith(".props", StringComparison.Ordinal) && file.Path != "Directory.Packages.props")
            where PackageVersion().IsMatch(file.Text)
            select file.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void Tree_NamesNoMachineAndNoRegistry()
    {
        var wrong =
            from file in SourceTree.Files
            from found in MachineOrRegistry().Matches(file.Text).Select(match => match.Value).Concat(ThisMachine.Where(path => file.Text.Contains(path, StringComparison.Ordinal)))
            select $"{file.Path}: {found}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void BrowserTests_UseNoClassOfOurs()
    {
        var wrong =
            from file in SourceTree.Files
            where file.Path.StartsWith("FlowNexus.E2E/", StringComparison.Ordinal)
            where OurNamespace().IsMatch(file.Path.EndsWith(".cs", StringComparison.Ordinal) ? SourceTree.CodeOf(file.Text) : "")
                || (file.Path.EndsWith(".csproj", StringComparison.Ordinal) && Regex.Count(file.Text, "<ProjectReference") != Regex.Count(file.Text, "ReferenceOutputAssembly=\"false\""))
            select file.Path;
        Assert.Empty(wrong);
    }

    [Fact]
    public void CodeOf_LeavesOnlyCode()
    {
        const string text = "a(); // async void\n/* namespace X; */ b(\"async \\\"void\", @\"c:\\\"); c('\"'); $\"\"\"\nasync void {x}\n\"\"\";";
        var code = SourceTree.CodeOf(text);
        Assert.DoesNotContain("void", code, StringComparison.Ordinal);
        Assert.DoesNotContain("namespace", code, StringComparison.Ordinal);
        Assert.Contains("a();", code, StringComparison.Ordinal);
        Assert.Contains("b(", code, StringComparison.Ordinal);
        Assert.Contains("c(", code, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '\n'), code.Count(c => c == '\n'));
    }

    [GeneratedRegex(@"^\s*namespace\s+(?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^\s*((public|internal|sealed|static|abstract|partial|readonly|file)\s+)*(class|record|struct|interface|enum)\s+\w+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex TypeDeclaration();

    [GeneratedRegex(@"\basync\s+void\b")]
    private static partial Regex AsyncVoid();

    [GeneratedRegex("""<PackageReference[^>]*\sVersion(Override)?=|<PackageVersion\s""", RegexOptions.ExplicitCapture)]
    private static partial Regex PackageVersion();

    // Feeds belong to a person's or a build machine's configuration. Pages about a package (www.) are only links.
    [GeneratedRegex("""/home/[\w-]+/|[A-Z]:\\{1,2}Users\\|https?://(?!www\.)([\w-]+\.)*(registry|npm|npmjs|nuget|artifactory|verdaccio)\.[\w.-]+|"resolved":\s*"http[^"]*""", RegexOptions.ExplicitCapture)]
    private static partial Regex MachineOrRegistry();

    [GeneratedRegex(@"\bFlowNexus\.(Engine|Web|Tests|Benchmarks)\b", RegexOptions.ExplicitCapture)]
    private static partial Regex OurNamespace();
}
