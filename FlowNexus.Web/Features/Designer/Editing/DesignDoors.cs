using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Executions.Trials;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>The use cases that drawing goes through.</summary>
public sealed class DesignDoors(OpenDraft open, SaveDraft save, PublishDraft publish, DraftFeed feed, FindExecutions find, StartExecution start, GetStatus status, PreviewExpression preview)
{
    // The same hints while nothing changed: with new ones every field would try its expression again.
    private (DraftDocument Document, string? StepId, string? ExecutionId, FormHints Hints)? _known;

    public OpenDraft Open => open;

    public SaveDraft Save => save;

    public PublishDraft Publish => publish;

    public DraftFeed Feed => feed;

    public FindExecutions Find => find;

    public StartExecution Start => start;

    public GetStatus Status => status;

    /// <summary>What the form of a step may offer.</summary>
    /// <param name="executionId">Whose data expressions are tried on; null: none.</param>
    public async Task<FormHints> HintsAsync(DesignSession session, DraftStep? step, string? executionId)
    {
        var document = session.Document;
        if (_known is { } known && ReferenceEquals(known.Document, document) && known.StepId == step?.Id && known.ExecutionId == executionId) return known.Hints;
        var place = step is { Name.Length: > 0 } ? new TrialPlace(session.WorkflowId, document.Definition(), step.Name) { ExecutionId = executionId, Pins = session.PinnedByName() } : null;
        var hints = new FormHints
        {
            Reach = place is null ? [] : await ReachAsync(place),
            PreviewAsync = place is null ? null : (text, _) => preview.RunAsync(Principal.LocalOwner, place, text),
            StepNames = [.. document.Steps.Where(other => other.Id != step?.Id && other.Name.Length > 0).Select(other => other.Name)],
            Paths = [.. document.Steps.Select(other => other.Source["path"]?.ToString()).OfType<string>().Distinct()],
        };
        _known = (document, step?.Id, executionId, hints);
        return hints;
    }

    private async Task<IReadOnlyList<DataInReach>> ReachAsync(TrialPlace place)
    {
        try
        {
            return (await preview.ReachAsync(Principal.LocalOwner, place)).Data;
        }
        catch (ProblemException)
        {
            // Retention took the execution: its data cannot be shown, the form works without.
            return [];
        }
    }
}
