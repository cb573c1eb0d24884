using FlowNexus.Engine.Access;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Ui.Feedback;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>What was begun in the designer and never saved.</summary>
public sealed partial class DraftList(FindDrafts find, SaveDraft save, IDialogService dialogs) : ComponentBase
{
    private IReadOnlyList<UnsavedDraft> _drafts = [];

    protected override async Task OnInitializedAsync() => _drafts = await find.RunAsync(Principal.LocalOwner);

    private async Task DiscardAsync(UnsavedDraft draft)
    {
        if (!await dialogs.ConfirmAsync("Discard this draft?", "It was never saved as a workflow; what you drew is gone then.", "Discard it", destroys: true)) return;
        await save.DiscardAsync(Principal.LocalOwner, draft.WorkflowId, "");
        _drafts = await find.RunAsync(Principal.LocalOwner);
    }
}
