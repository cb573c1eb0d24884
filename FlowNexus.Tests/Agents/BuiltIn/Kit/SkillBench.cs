using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.BuiltIn.Extraction;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Datasets;
using FlowNexus.Engine.Files;
using FlowNexus.Engine.Http;
using FlowNexus.Engine.Identity;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace FlowNexus.Tests.Agents.BuiltIn.Kit;

/// <summary>A data folder of its own and what skills need, with real files; runs skills one after another like the steps of a workflow.</summary>
public sealed class SkillBench : IArtifactFiles, IDisposable
{
    private readonly Dictionary<string, JsonNode?> _outputs = [];
    private readonly Dictionary<string, string> _artifacts = [];

    public SkillBench(OutboundHttpOptions? http = null)
    {
        Folder = Directory.CreateTempSubdirectory("flownexus-skills-").FullName;
        Datasets = new DatasetCatalogue(Folder);
        Files = new FileSpace(Folder);
        Http = new OutboundHttp(Options.Create(http ?? new OutboundHttpOptions()));
        Reader = new SourceReader(Datasets, Files, Http, Time);
    }

    private static readonly HashSet<string> RowExpressions = ["filter", "derive"];

    public string Folder { get; }

    public DatasetCatalogue Datasets { get; }

    public FileSpace Files { get; }

    public OutboundHttp Http { get; }

    public SourceReader Reader { get; }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2024, 12, 10, 9, 0, 0, TimeSpan.Zero));

    public JsonNode? Input { get; set; }

    public List<double> Progress { get; } = [];

    /// <summary>What the agent step hands to a skill: templates are rendered, row expressions are not.</summary>
    public StepContext Context(string step, JsonObject? config, params string[] dependencies)
    {
        var written = Written(step, config, dependencies);
        var settings = AgentStepSettings.Read(written.Step, RowExpressions, problem => throw new InvalidOperationException(problem.Message))!;
        return written.With(settings.Render(written.Scope));
    }

    private StepContext Written(string step, JsonObject? config, string[] dependencies) => new()
    {
        Step = new StepDefinition { Name = step, Type = "agent", Source = new JsonObject { ["name"] = step, ["type"] = "agent", ["config"] = config } },
        Scope = new StepScope
        {
            Input = Input,
            Outputs = _outputs,
            DirectDependencies = dependencies,
            Execution = new ExecutionFacts("exec_1", "workflow_1", "Test", 1, Time.GetUtcNow()),
        },
        Attempt = 1,
        IdempotencyKey = $"exec_1:{step}:0",
        Artifacts = this,
        Time = Time,
        ReportProgress = Progress.Add,
    };

    /// <summary>Runs a skill as a step that follows <paramref name="dependencies"/>, and keeps its output for later steps.</summary>
    public async Task<StepResult> RunAsync(ISkill skill, string step, JsonObject? config = null, params string[] dependencies)
    {
        var result = await skill.RunAsync(Context(step, config, dependencies), TestContext.Current.CancellationToken);
        _outputs[step] = result.Output;
        return result;
    }

    /// <summary>Makes a table the output of an earlier step.</summary>
    public async Task GivenAsync(string step, string csv)
    {
        await Files.WriteAsync($"/given/{step}.csv", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv)), TestContext.Current.CancellationToken);
        await RunAsync(new FlowNexus.Engine.Agents.BuiltIn.Skills.Extract(Reader), step, new JsonObject { ["file"] = $"/given/{step}.csv" });
    }

    public Task<Table> TableAsync(StepResult result) => TableFiles.ReadAsync(Context("reader", null), result.Output, TestContext.Current.CancellationToken);

    public void Output(string step, JsonNode? output) => _outputs[step] = output;

    public async Task<ArtifactReference> WriteAsync(string name, string mediaType, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        var id = NewId.Artifact(Time.GetUtcNow());
        var path = Path.Combine(Folder, id);
        await using (var file = File.Create(path))
            await write(file, cancellationToken);
        _artifacts[id] = path;
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return new ArtifactReference(id, name, mediaType, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    public Task<Stream> OpenAsync(string artifactId, CancellationToken cancellationToken) => _artifacts.TryGetValue(artifactId, out var path)
        ? Task.FromResult<Stream>(File.OpenRead(path))
        : throw new ProblemException(ProblemCodes.ArtifactNotFound, $"No artifact {artifactId}.");

    public void Dispose()
    {
        Http.Dispose();
        Datasets.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}
