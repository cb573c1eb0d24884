using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Ui.Pages;

/// <summary>The tabs of a panel; left and right choose the neighbour.</summary>
public sealed partial class PanelTabs : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<PanelTab> Tabs { get; set; }

    /// <summary>Null while none is open.</summary>
    [Parameter]
    public string? Chosen { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnChoose { get; set; }

    private Task OnKey(KeyboardEventArgs args)
    {
        var step = args.Key switch { "ArrowRight" => 1, "ArrowLeft" => -1, _ => 0 };
        var at = Tabs.ToList().FindIndex(tab => tab.Key == Chosen);
        return step == 0 || at < 0 ? Task.CompletedTask : OnChoose.InvokeAsync(Tabs[(at + step + Tabs.Count) % Tabs.Count].Key);
    }
}

/// <param name="Key">What the page knows it by.</param>
/// <param name="Level"><c>error</c> or <c>warning</c> where something is wrong inside.</param>
public sealed record PanelTab(string Key, string Title, string? Level = null);
