using FlowNexus.Engine.Access;
using FlowNexus.Engine.Executions;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Executions;

/// <summary>The items of a loop that have begun, in order.</summary>
public sealed partial class ItemList(FindItems find) : ComponentBase
{
    private const int PageSize = 20;

    private List<ItemView>? _items;
    private int? _next;
    private string? _status;
    private string? _read;
    private Problem? _failure;

    [Parameter, EditorRequired]
    public required string ExecutionId { get; set; }

    [Parameter, EditorRequired]
    public required string StepName { get; set; }

    /// <summary>How many have ended; the list is read again when it changes.</summary>
    [Parameter, EditorRequired]
    public required int Done { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        var state = $"{ExecutionId} {StepName} {Done}";
        if (_read == state) return;
        _read = state;
        await ReadAsync(Math.Max(PageSize, Math.Min(_items?.Count ?? 0, Page.MaxLimit)), null);
    }

    private async Task ChooseAsync(string? status)
    {
        _status = string.IsNullOrEmpty(status) ? null : status;
        await ReadAsync(PageSize, null);
    }

    private Task ReadMoreAsync() => ReadAsync(PageSize, _next);

    private async Task ReadAsync(int limit, int? cursor)
    {
        try
        {
            var found = await find.RunAsync(Principal.LocalOwner, new ItemFilter(ExecutionId, StepName) { Status = _status, Cursor = cursor, Limit = limit });
            _items = cursor is null ? [.. found.Items] : [.. _items ?? [], .. found.Items];
            (_next, _failure) = (found.NextCursor, null);
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
    }

    private static string Given(ItemView item) => item.OutputLeftOut ? "large, see the step's output" : item.Output?.ToJsonString() ?? "";
}
