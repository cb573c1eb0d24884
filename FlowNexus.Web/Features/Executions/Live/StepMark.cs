using FlowNexus.Engine.Executions;
using FlowNexus.Web.Ui.Canvas;
using FlowNexus.Web.Ui.Times;

namespace FlowNexus.Web.Features.Executions.Live;

/// <summary>How a step's box shows where it stands. Pure.</summary>
internal static class StepMark
{
    public static CanvasStatus Of(StepView step, DateTimeOffset now) => new()
    {
        Id = step.StepId,
        Status = step.Status,
        Progress = step is { Status: "in_progress", Progress: > 0 } ? step.Progress : null,
        Text = step switch
        {
            { Duration: { } seconds, Status: not "skipped" } => TimeWords.Duration(TimeSpan.FromSeconds(seconds)),
            { Status: "in_progress", StartedAt: { } since } => TimeWords.Ticking(now - since),
            { Status: "waiting", WaitingFor: { } what } => $"for {(what == "agent" ? "an agent" : what == "retry" ? "the next attempt" : what == "child" ? "another execution" : $"its {what}")}",
            _ => null,
        },
        Attempt = step.Attempt > 1 ? step.Attempt : null,
    };
}
