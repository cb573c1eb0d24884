using System.Globalization;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Steps;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Logs;

/// <summary>Writes as many lines as it is told; every tenth a warning.</summary>
internal sealed class TalkStep : StepType, IEffectBehaviour
{
    private int _lines;

    /// <summary>The step ends when this completes.</summary>
    public TaskCompletionSource? Hold { get; init; }

    public override string Name => "talk";
    public override string Title => "Talk";
    public override string Summary => "Writes lines.";
    public override StepFamily Family => StepFamily.Code;
    public override JsonObject SettingsSchema => [];

    public override IStepBehaviour Prepare(StepDefinition step) => new TalkStep { Hold = Hold, _lines = step.Source["lines"]!.GetValue<int>() };

    public async Task<StepResult> RunAsync(StepContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < _lines; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"line {i}");
            if (i % 10 == 9) context.Log.Warning(text, new JsonObject { ["number"] = i });
            else context.Log.Info(text, new JsonObject { ["number"] = i });
        }

        if (Hold is { } hold) await hold.Task.WaitAsync(cancellationToken);
        return StepResult.Completed(null);
    }
}
