using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Neural;

/// <summary>Trains a small model on the data before it.</summary>
public sealed class NeuralStep : StepType
{
    public static readonly IReadOnlyList<string> Architectures = ["feedforward", "lstm", "cnn", "transformer"];

    public override string Name => "neural";

    public override string Title => "Train a model";

    public override string Summary => "Trains a small neural network and measures it on data it has not seen.";

    public override StepFamily Family => StepFamily.Code;

    public override double DeclaredSeconds => 60;

    public override string NotAvailable => "the training worker is not part of this version.";

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "required": ["architecture"],
          "properties": {
            "architecture": { "enum": ["feedforward", "lstm", "cnn", "transformer"], "title": "Architecture" },
            "epochs": { "type": "integer", "minimum": 1, "maximum": 10000, "default": 10, "title": "Epochs", "description": "Passes over the training data." },
            "batch_size": { "type": "integer", "minimum": 1, "maximum": 4096, "default": 32, "title": "Batch size", "description": "Rows between two updates." },
            "learning_rate": { "type": "number", "exclusiveMinimum": 0, "maximum": 1, "default": 0.001, "title": "Learning rate" },
            "target": { "type": "string", "title": "Target", "description": "The column to predict; 'label' or 'target' when empty." },
            "features": { "type": "array", "items": { "type": "string" }, "title": "Features", "description": "The columns to predict from; all others when empty." },
            "seed": { "type": "integer", "minimum": 0, "maximum": 2147483647, "default": 1, "title": "Seed", "description": "The same seed splits the data the same way." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        if (!settings.Has("architecture")) settings.Report("architecture", "required", "A neural step needs 'architecture'.", allowed: Architectures);
        settings.Choice("architecture", Architectures);
        settings.Number("epochs", 1, 10_000, whole: true);
        settings.Number("batch_size", 1, 4096, whole: true);
        settings.Number("seed", 0, int.MaxValue, whole: true);
        if (settings.Number("learning_rate", 0, 1) == 0) settings.Report("learning_rate", "range", "'learning_rate' must be more than 0.");
        settings.Text("target");
        settings.Texts("features");
    }

    public override IStepBehaviour Prepare(StepDefinition step) =>
        throw new ProblemException(ProblemCodes.WorkflowNotActive, $"Step '{step.Name}' cannot run: {NotAvailable}");
}
