using FlowNexus.Engine.Files;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Tests.Files;

public sealed class FileSpaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-files-").FullName;
    private readonly FileSpace _files;

    public FileSpaceTests() => _files = new FileSpace(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_AbsolutePath_LiesBelowTheRoot()
    {
        var file = await WriteAsync("/data/training/a.csv", "x");
        Assert.Equal("/data/training/a.csv", file.Path);
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(_folder, "files", "data", "training", "a.csv"), TestContext.Current.CancellationToken));
        Assert.Equal(["/data/training/a.csv"], _files.List("/data").Select(entry => entry.Path));
    }

    [Theory]
    [InlineData("../a")]
    [InlineData("/data/../../a")]
    [InlineData("/a/..")]
    [InlineData("..\\a")]
    [InlineData("/a\0b")]
    [InlineData("C:/a")]
    [InlineData("/")]
    [InlineData("")]
    public void OpenRead_PathThatLeadsOut_IsRefused(string path) =>
        Assert.Equal(ProblemCodes.InvalidInputData, Assert.Throws<ProblemException>(() => _files.OpenRead(path)).Problem.Code);

    [Theory]
    [InlineData("/link/passwd")]
    [InlineData("/link")]
    public void OpenRead_ThroughALink_IsRefused(string path)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "files"));
        Directory.CreateSymbolicLink(Path.Combine(_folder, "files", "link"), "/etc");
        Assert.Equal(ProblemCodes.InvalidInputData, Assert.Throws<ProblemException>(() => _files.OpenRead(path)).Problem.Code);
        Assert.Empty(_files.List());
    }

    [Fact]
    public async Task Write_TooLarge_LeavesTheOldFile()
    {
        await WriteAsync("/a.txt", "old");
        await Assert.ThrowsAsync<ProblemException>(() => _files.WriteAsync("/a.txt", new MemoryStream(new byte[2000]), TestContext.Current.CancellationToken, maxBytes: 1000));
        using var reader = new StreamReader(_files.OpenRead("/a.txt"));
        Assert.Equal("old", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
        Assert.Single(Directory.EnumerateFiles(Path.Combine(_folder, "files")));
    }

    [Fact]
    public async Task OpenRead_Missing_TellsWhatLiesThere()
    {
        await WriteAsync("/data/a.csv", "x");
        var problem = Assert.Throws<ProblemException>(() => _files.OpenRead("/data/b.csv"));
        Assert.Equal(ProblemCodes.NotFound, problem.Problem.Code);
        Assert.Contains("a.csv", problem.Message, StringComparison.Ordinal);
    }

    private Task<SpaceFile> WriteAsync(string path, string text) => _files.WriteAsync(path, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), TestContext.Current.CancellationToken);
}
