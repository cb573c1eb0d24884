using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Feedback;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Ui.Gallery;

public sealed partial class GalleryFeedback(IDialogService dialogs, Toasts toasts) : ComponentBase
{
    private string? _answer;

    private async Task Ask() => _answer = await dialogs.ConfirmAsync(
        "Cancel this execution?", "The running step is stopped. What it did outside is not undone.", "Cancel execution", "Let it run", destroys: true)
        ? "Confirmed"
        : "Left as it is";
}
