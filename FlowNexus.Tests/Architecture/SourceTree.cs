using System.Text.RegularExpressions;

namespace FlowNexus.Tests.Architecture;

/// <summary>The files of this repository as text, without what builds and tools leave behind.</summary>
internal static partial class SourceTree
{
    private static readonly string[] LeftOut = [".git", "bin", "obj", "node_modules", "artifacts", "data", "TestResults", "BenchmarkDotNet.Artifacts", ".vs", ".idea"];

    private static readonly string[] TextExtensions =
        [".cs", ".razor", ".css", ".csproj", ".props", ".targets", ".sln", ".json", ".md", ".txt", ".ts", ".tsx", ".js", ".mjs", ".html", ".yml", ".yaml", ".sh", ".config", ".editorconfig", ""];

    public static string Root { get; } = Find();

    /// <summary>Every text file.</summary>
    public static IReadOnlyList<SourceFile> Files { get; } = [.. Walk(new DirectoryInfo(Root)).Where(file => TextExtensions.Contains(file.Extension)).Select(Read)];

    /// <summary>C# and Razor that people write: no migrations, which a tool generates.</summary>
    public static IReadOnlyList<SourceFile> HandWritten { get; } =
        [.. Files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal) || file.Path.EndsWith(".razor", StringComparison.Ordinal)).Where(file => !file.Path.Contains("/Migrations/", StringComparison.Ordinal))];

    /// <summary>All folders, relative to the root.</summary>
    public static IEnumerable<string> Folders => Files.Select(file => Path.GetDirectoryName(file.Path)!).Distinct();

    /// <summary>C# without comments and string contents, so that words in prose are not taken for code. Line breaks stay.</summary>
    public static string CodeOf(string text) => CommentsAndStrings().Replace(text, match => new string('\n', match.Value.Count(c => c == '\n')));

    [GeneratedRegex(""""//[^\n]*|/\*.*?\*/|(?<raw>"{3,}).*?\k<raw>|[$]*@[$]?"(?:[^"]|"")*"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)+'"""", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CommentsAndStrings();

    private static SourceFile Read(FileInfo file) => new(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder) =>
        folder.EnumerateFiles().Concat(folder.EnumerateDirectories().Where(child => !LeftOut.Contains(child.Name)).SelectMany(Walk));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "FlowNexus.Web.sln"))) return folder.FullName;
        throw new InvalidOperationException($"No FlowNexus.Web.sln above {AppContext.BaseDirectory}.");
    }
}

/// <param name="Path">Relative to the root, with slashes.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public int Lines => Text.Count(c => c == '\n') + (Text.EndsWith('\n') || Text.Length == 0 ? 0 : 1);

    public override string ToString() => Path;
}
