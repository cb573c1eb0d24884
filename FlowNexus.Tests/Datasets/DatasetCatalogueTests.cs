using FlowNexus.Engine.Datasets;

namespace FlowNexus.Tests.Datasets;

public sealed class DatasetCatalogueTests : IDisposable
{
    private readonly List<string> _folders = [];

    public void Dispose()
    {
        foreach (var folder in _folders)
            Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task List_FreshFolder_HasTheShippedDatasetsWithCountedRows()
    {
        using var catalogue = new DatasetCatalogue(Folder());
        var datasets = await catalogue.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([("customer_analytics", 15_420L), ("customer_churn", 2_400L), ("customer_database", 2_400L), ("small_sample", 50L)], datasets.Select(dataset => (dataset.Name, dataset.Rows)));
    }

    [Fact]
    public async Task Ensure_TwoInstallations_WriteTheSameBytes()
    {
        string first = Folder(), second = Folder();
        foreach (var folder in (string[])[first, second])
        {
            using var catalogue = new DatasetCatalogue(folder);
            await catalogue.EnsureAsync(TestContext.Current.CancellationToken);
        }
        foreach (var file in Directory.EnumerateFiles(Path.Combine(first, "datasets")))
            Assert.Equal(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(second, "datasets", Path.GetFileName(file)), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ensure_FileReplacedByTheOwner_IsLeftAlone()
    {
        var folder = Folder();
        var file = Path.Combine(folder, "datasets", "small_sample.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, "a\n1\n", TestContext.Current.CancellationToken);
        using var catalogue = new DatasetCatalogue(folder);
        var datasets = await catalogue.ListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, datasets.Single(dataset => dataset.Name == "small_sample").Rows);
    }

    [Fact]
    public async Task Ensure_ManyAtOnce_WritesOnce()
    {
        using var catalogue = new DatasetCatalogue(Folder());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => catalogue.EnsureAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(4, (await catalogue.ListAsync(TestContext.Current.CancellationToken)).Count);
    }

    private string Folder()
    {
        var folder = Directory.CreateTempSubdirectory("flownexus-datasets-").FullName;
        _folders.Add(folder);
        return folder;
    }
}
