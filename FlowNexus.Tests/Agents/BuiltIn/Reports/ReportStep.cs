using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Reports;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Hosting;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

/// <summary>Runs the report skill on files in a folder of its own, as a step after a data step.</summary>
internal sealed class ReportStep : IDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2024, 4, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly DataFolder _folder = DataFolder.Open(Path.Combine(Path.GetTempPath(), "flownexus-tests", Path.GetRandomFileName()), Path.GetTempPath());
    private readonly Store _store;

    public ReportStep() => _store = new Store(new ArtifactStore(_folder, _time));

    public async Task<JsonObject> DataStepAsync(Table table, bool withKinds = true)
    {
        var reference = await _store.WriteAsync("customer_analytics.csv", "text/csv", async (stream, token) => await stream.WriteAsync(SalesData.Csv(table), token), default);
        var output = new JsonObject
        {
            ["table"] = new JsonObject
            {
                ["artifact_id"] = reference.ArtifactId, ["name"] = reference.Name, ["media_type"] = reference.MediaType, ["size"] = reference.Size, ["sha256"] = reference.Sha256,
            },
            ["rows"] = table.RowCount,
            ["source"] = new JsonObject { ["name"] = "customer_analytics" },
            ["lineage"] = JsonNode.Parse("""[{"step":"data_processing","skill":"clean","summary":"Removed duplicate rows.","counts":{"duplicates_removed":87}}]"""),
        };
        if (withKinds) output["columns"] = new JsonArray([.. table.Columns.Select(column => (JsonNode)new JsonObject { ["name"] = column.Name, ["kind"] = column.Kind.ToString().ToLowerInvariant() })]);
        return output;
    }

    public async Task<StepResult> RunAsync(JsonNode? upstream, string settings = "{}", string input = "{}")
    {
        var source = JsonNode.Parse($$"""{"name":"report_generation","type":"agent","config":{{settings}}}""")!.AsObject();
        return await new ReportSkill().RunAsync(
            new StepContext
            {
                Step = new StepDefinition { Name = "report_generation", Type = "agent", Source = source },
                Scope = new StepScope
                {
                    Input = JsonNode.Parse(input),
                    Outputs = upstream is null ? new Dictionary<string, JsonNode?>() : new Dictionary<string, JsonNode?> { ["data_processing"] = upstream },
                    DirectDependencies = upstream is null ? [] : ["data_processing"],
                    Execution = new ExecutionFacts("exec_1", "workflow_1", "Customer analytics pipeline", 3, _time.GetUtcNow()),
                },
                Attempt = 1,
                IdempotencyKey = "exec_1:report_generation:0",
                Artifacts = _store,
                Time = _time,
                ReportProgress = _ => { },
            },
            CancellationToken.None);
    }

    public async Task<Problem> FailAsync(JsonNode? upstream, string settings = "{}", string input = "{}") =>
        (await Assert.ThrowsAsync<ProblemException>(() => RunAsync(upstream, settings, input))).Problem;

    public async Task<byte[]> BytesAsync(StepResult result)
    {
        await using var stream = await _store.OpenAsync(Assert.Single(result.Artifacts).ArtifactId, default);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    public void Dispose()
    {
        _folder.Dispose();
        Directory.Delete(_folder.Root, recursive: true);
    }

    private sealed class Store(ArtifactStore files) : IArtifactFiles
    {
        public Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
            files.WriteAsync(name, mediaType, write, cancellationToken);

        public Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken) => Task.FromResult(files.Open(artifactId));
    }
}
