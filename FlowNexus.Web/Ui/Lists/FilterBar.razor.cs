using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Lists;

/// <summary>Text and statuses of a list. It holds nothing: the query comes from the address and goes back there.</summary>
public sealed partial class FilterBar(TimeProvider time) : ComponentBase, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private ITimer? _typing;
    private string _typed = "";

    [Parameter, EditorRequired]
    public required ListQuery Query { get; set; }

    [Parameter]
    public EventCallback<ListQuery> QueryChanged { get; set; }

    /// <summary>The statuses offered, in order.</summary>
    [Parameter]
    public IReadOnlyList<string> Statuses { get; set; } = [];

    /// <summary>How many rows have each status.</summary>
    [Parameter]
    public IReadOnlyDictionary<string, long>? Counts { get; set; }

    [Parameter]
    public string Placeholder { get; set; } = "Filter";

    [Parameter]
    public string Label { get; set; } = "Filter the list";

    /// <summary>What stands at the right end: saved views, acts.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    public void Dispose() => _typing?.Dispose();

    // A query for each pause, not for each key.
    private void Typed(ChangeEventArgs args)
    {
        _typed = args.Value?.ToString() ?? "";
        _typing?.Dispose();
        _typing = time.CreateTimer(_ => _ = InvokeAsync(() => QueryChanged.InvokeAsync(Query.WithText(_typed))), null, Pause, Timeout.InfiniteTimeSpan);
    }
}
