using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Forms;

namespace FlowNexus.Web.Features.Designer.Editing;

/// <summary>The use cases that drawing goes through.</summary>
public sealed class DesignDoors(OpenDraft open, SaveDraft save, PublishDraft publish, DraftFeed feed, FindExecutions find, StartExecution start, GetStatus status)
{
    public OpenDraft Open => open;

    public SaveDraft Save => save;

    public PublishDraft Publish => publish;

    public DraftFeed Feed => feed;

    public FindExecutions Find => find;

    public StartExecution Start => start;

    public GetStatus Status => status;

    /// <summary>What the form of a step may offer.</summary>
    /// <param name="executionId">Whose data expressions are tried on; null: none.</param>
    public Task<FormHints> HintsAsync(DesignSession session, DraftStep? step, string? executionId)
    {
        var document = session.Document;
        return Task.FromResult(new FormHints
        {
            StepNames = [.. document.Steps.Where(other => other.Id != step?.Id && other.Name.Length > 0).Select(other => other.Name)],
            Paths = [.. document.Steps.Select(other => other.Source["path"]?.ToString()).OfType<string>().Distinct()],
        });
    }
}
