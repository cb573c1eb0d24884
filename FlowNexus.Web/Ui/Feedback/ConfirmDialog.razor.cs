using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace FlowNexus.Web.Ui.Feedback;

/// <summary>Asked before what cannot be taken back. Its buttons are verbs.</summary>
public sealed partial class ConfirmDialog : ComponentBase
{
    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    /// <summary>"Cancel this execution?"</summary>
    [Parameter, EditorRequired]
    public required string Question { get; set; }

    /// <summary>What happens then.</summary>
    [Parameter, EditorRequired]
    public required string Consequence { get; set; }

    [Parameter, EditorRequired]
    public required string Verb { get; set; }

    /// <summary>The other button; "Cancel" would be unclear where the act itself is a cancel.</summary>
    [Parameter]
    public string KeepVerb { get; set; } = "Keep as it is";

    [Parameter]
    public bool Destroys { get; set; }
}

/// <summary>Asking, from a page.</summary>
public static class Confirmation
{
    private static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true };

    /// <returns>True only when the verb's button was pressed.</returns>
    public static async Task<bool> ConfirmAsync(this IDialogService dialogs, string question, string consequence, string verb, string keepVerb = "Keep as it is", bool destroys = false)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Question, question },
            { dialog => dialog.Consequence, consequence },
            { dialog => dialog.Verb, verb },
            { dialog => dialog.KeepVerb, keepVerb },
            { dialog => dialog.Destroys, destroys },
        };
        var shown = await dialogs.ShowAsync<ConfirmDialog>(question, parameters, Options);
        return await shown.Result is { Canceled: false };
    }
}
