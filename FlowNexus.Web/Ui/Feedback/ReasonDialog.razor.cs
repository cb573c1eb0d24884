using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>Asks why, before something is paused.</summary>
public sealed partial class ReasonDialog : ComponentBase
{
    private string _reason = "";

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Parameter, EditorRequired]
    public required string Question { get; set; }

    /// <summary>What happens then.</summary>
    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    [Parameter, EditorRequired]
    public required string Verb { get; set; }
}

/// <summary>Asking for a reason, from a page.</summary>
public static class AskingWhy
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true };

    /// <returns>Whether the verb's button was pressed, and the reason if one was given.</returns>
    public static async Task<(bool Agreed, string? Reason)> AskWhyAsync(this IDialogService dialogs, string question, string consequence, string verb)
    {
        var parameters = new DialogParameters<ReasonDialog>
        {
            { dialog => dialog.Question, question },
            { dialog => dialog.Consequence, consequence },
            { dialog => dialog.Verb, verb },
        };
        var shown = await dialogs.ShowAsync<ReasonDialog>(question, parameters, Options);
        return await shown.Result is { Canceled: false, Data: string reason } ? (true, reason.Length == 0 ? null : reason) : (false, null);
    }
}
