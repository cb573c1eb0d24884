using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Features.Executions;

/// <summary>The lines that the steps of one execution wrote: filtered, searched, followed while it runs.</summary>
public sealed partial class LogList(FindLogs find, WatchLogs watch, TimeProvider time, IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    /// <summary>Lines kept on the page; older ones are a click away.</summary>
    private const int Most = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private List<LogLineView> _lines = [];
    private CancellationTokenSource _watching = new();
    private ElementReference _box;
    private ITimer? _typing;
    private Problem? _failure;
    private string _text = "";
    private string _step = "";
    private string _level = "";
    private bool _before;
    private bool _ended;
    private bool _follow = true;
    private bool _wrap;
    private bool _scroll;

    [Parameter, EditorRequired]
    public required string ExecutionId { get; set; }

    /// <summary>Names, in order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Steps { get; set; }

    private bool IsFiltered => _text.Length + _step.Length + _level.Length > 0;

    private LogFilter Filter => new() { Step = _step, Level = _level, Search = _text };

    private string Download
    {
        get
        {
            Dictionary<string, string?> query = [];
            if (_step.Length > 0) query["step"] = _step;
            if (_level.Length > 0) query["level"] = _level;
            if (_text.Length > 0) query["q"] = _text;
            return QueryHelpers.AddQueryString($"/api/v1/executions/{ExecutionId}/logs/download", query);
        }
    }

    private string Plain
    {
        get
        {
            var text = new StringBuilder();
            foreach (var line in _lines) text.Append(line.ToText()).Append('\n');
            return text.ToString();
        }
    }

    protected override Task OnInitializedAsync() => ReadAsync();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_scroll || !_follow || _lines.Count == 0) return;
        _scroll = false;
        await using var module = await script.InvokeAsync<IJSObjectReference>("import", "./scrolling.js");
        await module.InvokeVoidAsync("toEnd", _box);
    }

    public async ValueTask DisposeAsync()
    {
        if (_typing is not null) await _typing.DisposeAsync();
        await _watching.CancelAsync();
        _watching.Dispose();
    }

    private static string Source(LogLineView line) => string.Create(CultureInfo.InvariantCulture, $"{line.Step}{(line.Item is { } item ? $"[{item}]" : "")}{(line.Attempt > 1 ? $" #{line.Attempt}" : "")}");

    private static string Words(JsonElement fields) => string.Join(" ", fields.EnumerateObject().Select(field => $"{field.Name}={field.Value}"));

    private void Typed(ChangeEventArgs args)
    {
        _text = args.Value?.ToString()?.Trim() ?? "";
        _typing?.Dispose();
        _typing = time.CreateTimer(_ => _ = InvokeAsync(ReadAsync), null, Pause, Timeout.InfiniteTimeSpan);
    }

    private Task ChooseAsync(string? step, string? level)
    {
        (_step, _level) = (step ?? "", level ?? "");
        return ReadAsync();
    }

    /// <summary>The last lines first; then whatever comes.</summary>
    private async Task ReadAsync()
    {
        await _watching.CancelAsync();
        _watching.Dispose();
        _watching = new CancellationTokenSource();
        var stop = _watching.Token;
        try
        {
            var found = await find.RunAsync(Principal.LocalOwner, ExecutionId, Filter with { Before = long.MaxValue, Limit = 500 }, stop);
            (_lines, _before, _failure, _ended, _scroll) = ([.. found.Logs], found.HasMore, null, false, true);
            StateHasChanged();
            if (RendererInfo.IsInteractive) _ = FollowAsync(found.Logs.Count > 0 ? found.Logs[^1].Id : 0, stop);
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
        }
        catch (OperationCanceledException)
        {
            // Something else was asked for meanwhile.
        }
    }

    private async Task FollowAsync(long after, CancellationToken stop)
    {
        try
        {
            await foreach (var lines in await watch.RunAsync(Principal.LocalOwner, ExecutionId, Filter with { After = after }, stop))
                if (lines.Count > 0) await InvokeAsync(() => Add(lines, stop));
            await InvokeAsync(() =>
            {
                _ended = true;
                StateHasChanged();
            });
        }
        catch (OperationCanceledException)
        {
            // Something else is shown.
        }
        catch (ProblemException failure)
        {
            _failure = failure.Problem;
            await InvokeAsync(StateHasChanged);
        }
    }

    private void Add(IReadOnlyList<LogLineView> lines, CancellationToken stop)
    {
        if (stop.IsCancellationRequested) return;
        _lines.AddRange(lines);
        if (_lines.Count > Most)
        {
            _lines.RemoveRange(0, _lines.Count - Most);
            _before = true;
        }

        _scroll = true;
        StateHasChanged();
    }

    private async Task ReadEarlierAsync()
    {
        var found = await find.RunAsync(Principal.LocalOwner, ExecutionId, Filter with { Before = _lines[0].Id, Limit = 500 }, _watching.Token);
        _follow = false;
        _lines.InsertRange(0, found.Logs);
        _before = found.HasMore;
    }
}
