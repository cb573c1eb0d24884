using MudBlazor;

namespace FlowNexus.Web.Ui.Actions;

/// <summary>Short words about what just happened, with a way back where there is one.</summary>
public sealed class Toasts(ISnackbar bar)
{
    private const int ReadMs = 4_000;
    private const int UndoMs = 8_000;

    public void Done(string text) => bar.Add(text, Severity.Success, options => options.VisibleStateDuration = ReadMs);

    /// <summary>Why something was not done; nothing is wrong.</summary>
    public void Said(string text) => bar.Add(text, Severity.Info, options => options.VisibleStateDuration = ReadMs);

    /// <param name="undoAsync">Takes it back; offered while the toast stands.</param>
    public void Done(string text, Func<Task> undoAsync) => bar.Add(text, Severity.Success, options =>
    {
        options.Action = "Undo";
        options.ActionColor = Color.Primary;
        options.ActionVariant = Variant.Text;
        options.VisibleStateDuration = UndoMs;
        options.RequireInteraction = false;
        options.OnClick = _ => undoAsync();
    });

    /// <summary>What failed, why and what to do; it stays until it is closed.</summary>
    public void Failed(string text) => bar.Add(text, Severity.Error, options => options.RequireInteraction = true);
}
