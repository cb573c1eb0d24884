using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Workflows;

public sealed class SpecDefinitionTests
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Files))]
    public void SpecDefinition_IsAccepted_AndRoundTripsByteEqual(string file)
    {
        var text = File.ReadAllText(Path.Combine(Folder(), file));
        var canonical = CanonicalJson.Write(JsonNode.Parse(text));
        var read = Catalogues.Read(text);
        Assert.Empty(read.Errors);
        Assert.Equal(canonical, CanonicalJson.Write(read.Definition!.Source));
        Assert.Equal(canonical, CanonicalJson.Write(JsonNode.Parse(CanonicalJson.Write(read.Definition.Source))));
    }

    [Fact]
    public void BasicPipeline_IsFullyTyped()
    {
        var definition = Read("data-processing-pipeline.json").Require();
        Assert.Equal("Data Processing Pipeline", definition.Name);
        Assert.Equal(["data_extraction", "data_processing", "report_generation"], definition.Steps.Select(step => step.Name));
        Assert.Equal(["researcher", "analyst", "coder"], definition.Steps.Select(step => step.AgentType));
        Assert.All(definition.Steps, step => Assert.Null(step.DependsOn));
        Assert.Equal("0 9 * * 1", Assert.Single(definition.Triggers).Cron);
        Assert.Equal(5, definition.Priority.Value);
    }

    [Fact]
    public void TrainingPipeline_IsADraftThatNamesWhatDoesNotRunYet()
    {
        var read = Read("ai-model-training-pipeline.json");
        var definition = read.Require();
        Assert.Equal(1800, definition.Steps[0].TimeoutSeconds);
        Assert.Equal(3, definition.Steps[0].RetryAttempts);
        Assert.Equal(["data_preparation"], definition.Steps[1].DependsOn!);
        Assert.Equal("transformer", definition.Steps[1].Setting("architecture")!.GetValue<string>());
        Assert.Equal(0.85, definition.Steps[2].ValidationThreshold);
        Assert.Equal("production-api", definition.Steps[3].Setting("template")!.GetValue<string>());
        Assert.Equal("/api/trigger/training", definition.Triggers[0].Url);
        Assert.True(definition.Triggers[0].AuthRequired);
        Assert.Equal("/data/training/*", definition.Triggers[1].Path);
        Assert.Equal("ml-engineering", definition.Metadata!["team"]!.GetValue<string>());
        Assert.Equal(["/steps/1/type", "/steps/3/type"], read.ActivationProblems.Select(problem => problem.Pointer));
    }

    [Fact]
    public void ResilientPipeline_HasItsErrorHandling()
    {
        var read = Read("resilient-processing-pipeline.json");
        Assert.Empty(read.Warnings);
        Assert.Equal(new ErrorHandling { OnFailure = "retry_with_different_agent", MaxRetries = 2, Notification = true }, read.Require().ErrorHandling);
        Assert.Equal("researcher", read.Definition!.Steps[0].FallbackAgentType);
    }

    [Fact]
    public void SmartProcessing_HasOpenPathsAsWarnings()
    {
        var read = Read("smart-data-processing.json");
        Assert.Equal(new BranchDefinition("data_size > 100MB", "heavy_processing_path", "light_processing_path"), Assert.Single(read.Require().Steps[1].Conditions));
        Assert.Equal(["open_path", "open_path"], read.Warnings.Select(warning => warning.Rule));
        Assert.Empty(read.ActivationProblems);
    }

    private static ReadDefinition Read(string file) => Catalogues.Read(File.ReadAllText(Path.Combine(Folder(), file)));

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Spec");
}
