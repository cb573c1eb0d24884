using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Datasets;
using FlowNexus.Engine.Files;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Extraction;

/// <summary>Reads one source into a table.</summary>
public sealed class SourceReader(DatasetCatalogue datasets, FileSpace files, OutboundHttp http, TimeProvider time)
{
    private static readonly TimeSpan HttpTimeout = TimeSpan.FromMinutes(2);

    public Task<SourceTable> ReadAsync(Source source, CancellationToken cancellationToken) => source.Kind switch
    {
        "dataset" => ReadDatasetAsync(source, cancellationToken),
        "file" => ReadFileAsync(source, cancellationToken),
        _ => ReadUrlAsync(source, cancellationToken),
    };

    private static async Task<SourceTable> ParseAsync(Source source, Stream stream, string? mediaType, string fileName, CancellationToken cancellationToken)
    {
        var limits = TableLimits.Default;
        await using var counted = new CappedStream(stream, limits.Bytes, source.Location);
        var format = source.Format is "json" ? TableFormat.Json : source.Format is "csv" ? TableFormat.Csv : TableFormats.Of(mediaType, fileName);
        var name = Path.GetFileNameWithoutExtension(fileName);
        var table = format == TableFormat.Json
            ? await JsonTable.ReadAsync(counted, name, limits, cancellationToken)
            : await CsvTable.ReadAsync(counted, name, limits, kinds: null, cancellationToken);
        return table.RowCount > 0
            ? new SourceTable(source, table, counted.BytesRead)
            : throw new ProblemException(ProblemCodes.NoData, $"'{source.Location}' holds no rows.");
    }

    private async Task<SourceTable> ReadDatasetAsync(Source source, CancellationToken cancellationToken)
    {
        await using var stream = await datasets.OpenAsync(source.Location, cancellationToken);
        return await ParseAsync(source with { Format = "csv" }, stream, mediaType: null, source.Location, cancellationToken);
    }

    private async Task<SourceTable> ReadFileAsync(Source source, CancellationToken cancellationToken)
    {
        await using var stream = files.OpenRead(source.Location);
        return await ParseAsync(source, stream, mediaType: null, source.Location, cancellationToken);
    }

    private async Task<SourceTable> ReadUrlAsync(Source source, CancellationToken cancellationToken)
    {
        var address = OutboundHttp.Address(source.Location, "/config/url");
        using var limit = new CancellationTokenSource(HttpTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await http.SendAsync(() => new HttpRequestMessage(HttpMethod.Get, address), linked.Token);
            if (!response.IsSuccessStatusCode)
                throw new ProblemException(ProblemCodes.HttpFailed, $"GET {address.GetLeftPart(UriPartial.Path)} answered {(int)response.StatusCode} {response.ReasonPhrase}.");
            await using var stream = await response.Content.ReadAsStreamAsync(linked.Token);
            return await ParseAsync(source, stream, response.Content.Headers.ContentType?.MediaType, address.AbsolutePath, linked.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(ProblemCodes.HttpFailed, $"GET {address.GetLeftPart(UriPartial.Path)} did not finish within {HttpTimeout.TotalSeconds:0} s.");
        }
    }
}
