using System.Collections.Concurrent;
using CsvHelper;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Datasets;

/// <summary>One dataset of this installation.</summary>
/// <param name="Name">What <c>input_data.dataset</c> says.</param>
/// <param name="Description">What is in it.</param>
/// <param name="Rows">Counted in the file.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record Dataset(string Name, string Description, long Rows, long Bytes);

/// <summary>
/// The datasets under <c>datasets/</c> of the data folder: the shipped ones, written once by their recipes, and any
/// CSV that was put there. A shipped file that exists is left alone, so it can be replaced.
/// </summary>
public sealed class DatasetCatalogue(string dataFolder) : IDisposable
{
    private readonly string _folder = Path.Combine(dataFolder, "datasets");
    private readonly ConcurrentDictionary<string, (long Size, DateTime Written, long Rows)> _counted = new();
    private readonly SemaphoreSlim _writing = new(1);
    private volatile bool _ensured;

    /// <summary>Writes the shipped datasets that are missing. Cheap to call again.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (_ensured)
            return;
        await _writing.WaitAsync(cancellationToken);
        try
        {
            Directory.CreateDirectory(_folder);
            foreach (var recipe in DatasetRecipe.Shipped)
            {
                if (!File.Exists(FilePath(recipe.Name)))
                    await WriteAsync(recipe, cancellationToken);
            }
            _ensured = true;
        }
        finally
        {
            _writing.Release();
        }
    }

    public async Task<IReadOnlyList<Dataset>> ListAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        var datasets = new List<Dataset>();
        foreach (var name in Names())
        {
            var file = new FileInfo(FilePath(name));
            datasets.Add(new Dataset(name, Description(name), await CountAsync(file, cancellationToken), file.Length));
        }
        return datasets;
    }

    /// <summary>Opens a dataset's CSV.</summary>
    /// <exception cref="ProblemException">INVALID_INPUT_DATA: unknown, with the known ones listed.</exception>
    public async Task<Stream> OpenAsync(string name, CancellationToken cancellationToken)
    {
        await EnsureAsync(cancellationToken);
        var names = Names();
        var known = names.FirstOrDefault(candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw Unknown(name, names);
        return new FileStream(FilePath(known), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
    }

    public void Dispose() => _writing.Dispose();

    private static ProblemException Unknown(string name, IReadOnlyList<string> names)
    {
        var message = $"There is no dataset '{name}'. Known datasets: {string.Join(", ", names)}.";
        return new ProblemException(new Problem(ProblemCodes.InvalidInputData, message)
        {
            Details = [new ProblemDetail("/input_data/dataset", "unknown_dataset", message)
            {
                Allowed = names,
                Hint = "Choose a known dataset, or put a CSV file with that name into the datasets folder of the data folder.",
            }],
        });
    }

    private static string Description(string name) =>
        DatasetRecipe.Shipped.FirstOrDefault(recipe => recipe.Name == name)?.Description ?? "A CSV file of this installation's datasets folder.";

    private string[] Names() => [.. Directory.EnumerateFiles(_folder, "*.csv").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private string FilePath(string name) => Path.Combine(_folder, name + ".csv");

    private async Task<long> CountAsync(FileInfo file, CancellationToken cancellationToken)
    {
        if (_counted.TryGetValue(file.FullName, out var known) && known.Size == file.Length && known.Written == file.LastWriteTimeUtc)
            return known.Rows;
        using var reader = CsvReader.FromFile(file.FullName);
        var rows = 0L;
        while (await reader.ReadAsync(cancellationToken))
            rows++;
        _counted[file.FullName] = (file.Length, file.LastWriteTimeUtc, rows);
        return rows;
    }

    private async Task WriteAsync(DatasetRecipe recipe, CancellationToken cancellationToken)
    {
        var unfinished = FilePath(recipe.Name) + ".writing";
        await using (var writer = CsvWriter.ToFile(unfinished, new CsvWriterOptions { NewLine = "\n" }))
        {
            await writer.WriteRecordAsync([.. recipe.Header], cancellationToken);
            foreach (var row in recipe.Rows())
                await writer.WriteRecordAsync(row, cancellationToken);
        }
        File.Move(unfinished, FilePath(recipe.Name), overwrite: true);
    }
}
