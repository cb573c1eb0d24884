using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Steps.Delay;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Steps.Signals;

/// <summary>Waits until somebody outside sends a signal, without holding memory.</summary>
public sealed class WaitForSignalStep : StepType
{
    public override string Name => "wait_for_signal";

    public override string Title => "Wait for signal";

    public override string Summary => "Waits until a person or a program sends a named signal, and goes on with its data.";

    public override StepFamily Family => StepFamily.Control;

    public override double DeclaredSeconds => 10;

    public override double DefaultTimeoutSeconds => DelayStep.MostSeconds;

    public override double MostTimeoutSeconds => DelayStep.MostSeconds;

    public override JsonObject SettingsSchema { get; } = SettingsSchemas.Parse("""
        {
          "type": "object",
          "description": "The output is {signal, data, by, at}. The step's timeout bounds the wait; empty: 366 days.",
          "properties": {
            "signal": { "type": "string", "maxLength": 200, "title": "Signal", "description": "Name of the signal. Empty: the step's name." },
            "early": { "type": "string", "enum": ["keep", "ignore"], "default": "keep", "title": "A signal that comes too early", "description": "keep: it waits for the step. ignore: only one that comes while the step waits counts." },
            "closed_by": { "type": "string", "x-editor": "step_name", "title": "Closed by", "description": "A step: when it completes before the signal has come, this step is withdrawn and what only it leads to is skipped." }
          }
        }
        """);

    public override void Validate(StepDefinition step, Action<ProblemDetail> report) => Read(step, report);

    public override IStepBehaviour Prepare(StepDefinition step)
    {
        var problems = new List<ProblemDetail>();
        return Read(step, problems.Add) ?? throw new ProblemException(new Problem(ProblemCodes.InvalidDefinition, problems[0].Message) { Details = problems });
    }

    private static SignalBehaviour? Read(StepDefinition step, Action<ProblemDetail> report)
    {
        var settings = new StepSettings(step, report);
        var signal = settings.Text("signal") ?? step.Name;
        settings.Text("closed_by");
        var early = settings.Choice("early", ["keep", "ignore"]) ?? "keep";
        if (!SignalNames.IsName(signal)) settings.Report("signal", "name", $"'signal' must be {SignalNames.Rule}.", signal.Contains("{{", StringComparison.Ordinal) ? "The name is fixed; put what varies into the signal's data." : null);
        return settings.Failed ? null : new SignalBehaviour(signal, early == "keep");
    }

    private sealed record SignalBehaviour(string Signal, bool KeepsEarly) : ISignalBehaviour;
}
