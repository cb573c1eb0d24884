using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Ui.Canvas;

/// <summary>
/// The drawing of a workflow. It fills the nearest positioned element around it. The page owns the document: it gives a
/// graph, gets back what somebody asks for (one call is one gesture), and gives the next graph.
/// </summary>
public sealed partial class FlowCanvas(IJSRuntime script, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private CanvasHost? _host;
    private CanvasBridge? _bridge;
    private IReadOnlyCollection<CanvasStatus>? _statuses;
    private string[] _selection = [];
    private (bool ReadOnly, string Label) _told;
    private string? _focusLater;

    [Parameter, EditorRequired]
    public required CanvasGraph Graph { get; set; }

    /// <summary>The status of every step that has one; a new collection replaces all. For many changes a second use <see cref="SetStatusesAsync"/>.</summary>
    [Parameter]
    public IReadOnlyCollection<CanvasStatus>? Statuses { get; set; }

    /// <summary>Ids of what is selected; null leaves it to the viewer.</summary>
    [Parameter]
    public IReadOnlyCollection<string>? Selection { get; set; }

    [Parameter]
    public bool ReadOnly { get; set; }

    /// <summary>The drawing's name for assistive technology.</summary>
    [Parameter]
    public string Label { get; set; } = "Workflow";

    /// <summary>Under this key the browser remembers which part was in sight, as long as the tab lives.</summary>
    [Parameter]
    public string? ViewportKey { get; set; }

    /// <summary>One call is one gesture and should be one step of undo. Set the next <see cref="Graph"/> before it returns.</summary>
    [Parameter]
    public EventCallback<IReadOnlyList<CanvasEdit>> OnEdits { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<string>> OnSelect { get; set; }

    /// <summary>Enter or a double click on a box.</summary>
    [Parameter]
    public EventCallback<string> OnOpen { get; set; }

    /// <summary>Why something could not be done. The canvas has already shown and spoken it.</summary>
    [Parameter]
    public EventCallback<string> OnRefused { get; set; }

    /// <summary>The text for the clipboard.</summary>
    [Parameter]
    public Func<IReadOnlyList<string>, Task<string>>? OnCopy { get; set; }

    /// <summary>A key that means something to the page: undo, redo, save, run, add-step.</summary>
    [Parameter]
    public EventCallback<string> OnCommand { get; set; }

    /// <summary>Whether the script is there; before that, what is asked of it is not done.</summary>
    public bool IsReady => _bridge is not null;

    protected override async Task OnParametersSetAsync()
    {
        if (_bridge is { } bridge) await PushAsync(bridge);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender) return;
        var page = new CanvasCalls(InvokeAsync)
        {
            Edited = EditedAsync,
            Selected = SelectedAsync,
            Opened = id => OnOpen.InvokeAsync(id),
            Refused = why => OnRefused.InvokeAsync(why),
            Copied = ids => OnCopy?.Invoke(ids) ?? Task.FromResult(""),
            Commanded = name => OnCommand.InvokeAsync(name),
        };
        _told = (ReadOnly, Label);
        var bridge = await CanvasBridge.OpenAsync(script, time, _host!.Element, page, new CanvasOptions(Label, ReadOnly, ViewportKey), _gone.Token);
        if (bridge is null) return;
        if (_gone.IsCancellationRequested)
        {
            await bridge.DisposeAsync();
            return;
        }

        _bridge = bridge;
        await PushAsync(bridge);
        if (_focusLater is { } id) await bridge.CallAsync("focus", id);
    }

    /// <summary>Changed statuses; coalesced to twenty messages a second at most.</summary>
    public Task SetStatusesAsync(IEnumerable<CanvasStatus> statuses) => _bridge?.SetStatusesAsync(statuses, all: false) ?? Task.CompletedTask;

    /// <summary>Brings everything into sight.</summary>
    public Task FitAsync() => _bridge?.CallAsync("fit") ?? Task.CompletedTask;

    /// <summary>Brings a box into the middle and gives it the keyboard; as soon as there is something to see, when called before.</summary>
    public Task FocusAsync(string id)
    {
        if (_bridge is { } bridge) return bridge.CallAsync("focus", id);
        _focusLater = id;
        return Task.CompletedTask;
    }

    /// <summary>Brings a box into sight if it is not; the keyboard stays where it is.</summary>
    public Task RevealAsync(string id) => _bridge?.CallAsync("reveal", id) ?? Task.CompletedTask;

    /// <summary>Arranges all boxes; the result comes back as an edit.</summary>
    public Task AutoLayoutAsync() => _bridge?.CallAsync("autoLayout") ?? Task.CompletedTask;

    /// <param name="zoom">1 is 100 %.</param>
    public Task ZoomAsync(double zoom) => _bridge?.CallAsync("zoom", zoom) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _gone.CancelAsync();
        if (_bridge is { } bridge) await bridge.DisposeAsync();
        _gone.Dispose();
    }

    private async Task PushAsync(CanvasBridge bridge)
    {
        if (_told != (ReadOnly, Label))
        {
            _told = (ReadOnly, Label);
            await bridge.CallAsync("setOptions", new { readOnly = ReadOnly, label = Label });
        }

        if (!ReferenceEquals(_statuses, Statuses))
        {
            _statuses = Statuses;
            _ = bridge.SetStatusesAsync(Statuses ?? [], all: true);
        }

        await bridge.ShowAsync(Graph);
        if (Selection is not { } selection) return;
        if (selection.SequenceEqual(_selection, StringComparer.Ordinal)) return;
        _selection = [.. selection];
        await bridge.CallAsync("select", selection);
    }

    private async Task EditedAsync(IReadOnlyList<CanvasEdit> edits)
    {
        await OnEdits.InvokeAsync(edits);

        // The script holds what was dragged where it is until this returns; by then it shall have the page's answer.
        if (_bridge is { } bridge) await bridge.ShowAsync(Graph);
    }

    private Task SelectedAsync(IReadOnlyList<string> ids)
    {
        _selection = [.. ids];
        return OnSelect.InvokeAsync(ids);
    }
}
