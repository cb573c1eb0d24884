using System.Globalization;
using System.Text;
using System.Text.Json;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Logs;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Figures;
using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Features.Executions;

/// <summary>The lines that the steps of one execution wrote: filtered, searched, followed while it runs. What is shown comes from the address and goes back there.</summary>
public sealed partial class LogList(FindLogs find, WatchLogs watch, TimeProvider time, Viewer viewer, IJSRuntime script) : ComponentBase, IAsyncDisposable
{
    /// <summary>Lines kept on the page; older ones are a click away.</summary>
    private const int Most = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly ScriptModule _scrolling = new(script, "./scrolling.js");
    private List<LogLineView>? _lines;
    private CancellationTokenSource _watching = new();
    private ElementReference _box;
    private ITimer? _typing;
    private Problem? _failure;
    private LogQuery? _shown;
    private double? _height;
    private string _typed = "";
    private bool _before;
    private bool _ended;
    private bool _follow = true;
    private bool _wrap;
    private bool _jump;
    private bool _grown;

    [Parameter, EditorRequired]
    public required string ExecutionId { get; set; }

    /// <summary>Names, in order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Steps { get; set; }

    [Parameter, EditorRequired]
    public required LogQuery Query { get; set; }

    [Parameter]
    public EventCallback<LogQuery> QueryChanged { get; set; }

    /// <summary>Whether the execution has; nothing is left to follow then.</summary>
    [Parameter]
    public bool HasEnded { get; set; }

    private LogFilter Filter => new() { Step = Query.Step, Level = Query.Level, Search = Query.Text };

    private string Count
    {
        get
        {
            var lines = $"{FigureWords.Number(_lines!.Count)} {(_lines.Count == 1 ? "line" : "lines")}";
            return _before ? $"The last {lines}" : lines;
        }
    }

    private string Download
    {
        get
        {
            Dictionary<string, string?> query = [];
            if (Query.Step.Length > 0) query["step"] = Query.Step;
            if (Query.Level.Length > 0) query["level"] = Query.Level;
            if (Query.Text.Length > 0) query["q"] = Query.Text;
            return QueryHelpers.AddQueryString($"/api/v1/executions/{ExecutionId}/logs/download", query);
        }
    }

    private string Plain
    {
        get
        {
            var text = new StringBuilder();
            foreach (var line in _lines!) text.Append(line.ToText()).Append('\n');
            return text.ToString();
        }
    }

    protected override void OnInitialized() => viewer.Changed += ZoneChanged;

    protected override async Task OnParametersSetAsync()
    {
        if (Query == _shown) return;

        // What was typed while the address changed stays in the field.
        if (Query.Text != _typed.Trim() && _typing is null) _typed = Query.Text;
        _shown = Query;
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_lines is not { Count: > 0 } || (!_jump && !_grown && _height is null)) return;
        var (jump, height) = (_jump, _height);
        (_jump, _grown, _height) = (false, false, null);
        if (height is { } before) await _scrolling.CallAsync("grownFrom", _box, before);
        else if (jump || _follow) await _scrolling.CallAsync("follow", _box, jump);
    }

    public async ValueTask DisposeAsync()
    {
        viewer.Changed -= ZoneChanged;
        if (_typing is not null) await _typing.DisposeAsync();
        await _watching.CancelAsync();
        _watching.Dispose();
        await _scrolling.DisposeAsync();
    }

    private static string Title(string level) => string.Concat(level[..1].ToUpperInvariant(), level.AsSpan(1));

    private static string Which(LogLineView line) => string.Create(CultureInfo.InvariantCulture, $"{(line.Item is { } item ? $"[{item}]" : "")}{(line.Attempt > 1 ? $" #{line.Attempt}" : "")}");

    private static string Words(JsonElement fields) => string.Join(" ", fields.EnumerateObject().Select(field => $"{field.Name}={field.Value}"));

    // A query for each pause, not for each key.
    private void Typed(string? text)
    {
        _typed = text ?? "";
        _typing?.Dispose();
        _typing = time.CreateTimer(_ => _ = InvokeAsync(AskAsync), null, Pause, Timeout.InfiniteTimeSpan);
    }

    private Task AskAsync()
    {
        _typing?.Dispose();
        _typing = null;
        return QueryChanged.InvokeAsync(Query with { Text = _typed.Trim() });
    }

    private Task ClearAsync()
    {
        _typing?.Dispose();
        _typing = null;
        _typed = "";
        return QueryChanged.InvokeAsync(new LogQuery());
    }

    private void ToggleFollow() => _jump = _follow = !_follow;

    private void ZoneChanged(object? sender, EventArgs args) => _ = InvokeAsync(StateHasChanged);

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
            if (stop.IsCancellationRequested) return;
            (_lines, _before, _failure, _ended, _jump) = ([.. found.Logs], found.HasMore, null, false, true);
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
        if (stop.IsCancellationRequested || _lines is null) return;
        _lines.AddRange(lines);
        if (_lines.Count > Most)
        {
            _lines.RemoveRange(0, _lines.Count - Most);
            _before = true;
        }

        _grown = true;
        StateHasChanged();
    }

    private async Task ReadEarlierAsync()
    {
        try
        {
            var height = await _scrolling.AskAsync<double>("heightOf", _box);
            var found = await find.RunAsync(Principal.LocalOwner, ExecutionId, Filter with { Before = _lines![0].Id, Limit = 500 }, _watching.Token);
            (_follow, _before, _height) = (false, found.HasMore, height);
            _lines.InsertRange(0, found.Logs);
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
}
