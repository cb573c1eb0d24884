using FlowNexus.Engine.Steps;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Features.Designer.Palette;

/// <summary>Every kind of step there is: dragged onto the canvas, or added by click or Enter.</summary>
public sealed partial class StepPalette(StepCatalogue catalogue) : ComponentBase
{
    private string _search = "";
    private ElementReference _field;
    private IReadOnlyList<PaletteItem> _items = [];

    [Parameter]
    public EventCallback<PaletteItem> OnAdd { get; set; }

    /// <summary>Escape: the eyes go back to the canvas.</summary>
    [Parameter]
    public EventCallback OnLeave { get; set; }

    private IEnumerable<IGrouping<string, PaletteItem>> Groups =>
        _items.Where(item => item.Matches(_search)).GroupBy(item => item.Group);

    public ValueTask FocusAsync() => _field.FocusAsync();

    protected override void OnInitialized() => _items = PaletteItem.All(catalogue);

    private async Task OnSearchKey(KeyboardEventArgs args)
    {
        if (args.Key == "Escape")
        {
            _search = "";
            await OnLeave.InvokeAsync();
        }

        if (args.Key != "Enter" || _items.FirstOrDefault(item => item.Matches(_search)) is not { } first) return;
        _search = "";
        await OnAdd.InvokeAsync(first);
    }
}
