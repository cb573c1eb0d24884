using System.Buffers;
using System.Text;
using System.Text.Json;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Storage.Rows;
using Microsoft.EntityFrameworkCore;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>The output of a loop, put together from the rows of its items in their order: <c>{count, succeeded, failed, results, errors}</c>.</summary>
internal static class LoopOutput
{
    /// <summary>Largest output, in bytes; larger results belong into files.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Items read at a time: their bodies may be files, and the database is not held while those are read.</summary>
    private const int PageSize = 500;

    public static async Task<(StoredOutput Output, int Count)> ReadAsync(ExecutionEnvironment environment, string executionId, int ordinal, string name, int count, bool listsErrors)
    {
        var buffer = new ArrayBufferWriter<byte>(64 * 1024);
        await using var json = new Utf8JsonWriter(buffer);
        List<(int Item, Problem Problem)> errors = [];
        var (succeeded, next) = (0, 0);
        json.WriteStartObject();
        json.WriteStartArray("results"u8);
        await foreach (var row in ItemsAsync(environment, executionId, ordinal))
        {
            for (; next < row.Iteration; next++) json.WriteNullValue();
            next++;
            if (row.Status == "completed") succeeded++;
            else errors.Add((row.Iteration, ExecutionRows.Problem(row.Error)!));
            if ((row.OutputArtifact is { } id ? environment.Artifacts.ReadBody(id) : row.Output) is { } body) json.WriteRawValue(body);
            else json.WriteNullValue();
            if (json.BytesCommitted + json.BytesPending > MaxBytes)
                throw new ProblemException(ProblemCodes.StepFailed, $"The results of \"{name}\" together have more than {MaxBytes / 1024 / 1024} MB. Let each item give less, or write a file.");
        }

        for (; next < count; next++) json.WriteNullValue();
        json.WriteEndArray();
        json.WriteNumber("count"u8, count);
        json.WriteNumber("succeeded"u8, succeeded);
        json.WriteNumber("failed"u8, errors.Count);
        if (listsErrors) WriteErrors(json, errors);
        json.WriteEndObject();
        await json.FlushAsync();
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan);
        var output = buffer.WrittenCount <= ArtifactStore.MaxInlineBytes
            ? new StoredOutput(text, null, buffer.WrittenCount)
            : new StoredOutput(null, environment.Artifacts.WriteBody($"{name}.json", text), buffer.WrittenCount);
        return (output, succeeded + errors.Count);
    }

    private static async IAsyncEnumerable<IterationRow> ItemsAsync(ExecutionEnvironment environment, string executionId, int ordinal)
    {
        await using var context = environment.Database.Read();
        var last = -1;
        List<IterationRow> page;
        do
        {
            page = await context.Iterations.Where(row => row.ExecutionId == executionId && row.Ordinal == ordinal && row.Iteration > last).OrderBy(row => row.Iteration).Take(PageSize).ToListAsync();
            foreach (var row in page) yield return row;
            if (page.Count > 0) last = page[^1].Iteration;
        }
        while (page.Count == PageSize);
    }

    private static void WriteErrors(Utf8JsonWriter json, List<(int Item, Problem Problem)> errors)
    {
        json.WriteStartArray("errors"u8);
        foreach (var (item, problem) in errors)
        {
            json.WriteStartObject();
            json.WriteNumber("index"u8, item);
            json.WriteString("code"u8, problem.Code);
            json.WriteString("message"u8, problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
