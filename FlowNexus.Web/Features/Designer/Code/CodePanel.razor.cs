using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Workflows;
using FlowNexus.Engine.Workflows.Drafts;
using FlowNexus.Web.Features.Designer.Editing;
using FlowNexus.Web.Features.Designer.Inspector;
using FlowNexus.Web.Ui.Scripts;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Features.Designer.Code;

/// <summary>The definition as text beside the canvas; each follows the other.</summary>
public sealed partial class CodePanel(IJSRuntime script, TimeProvider time) : ComponentBase, IAsyncDisposable
{
    private const int Longest = 10_000_000;

    private static readonly string[] Formats = ["yaml", "json"];

    private readonly StringBuilder _pieces = new();
    private ElementReference _element;
    private ScriptPart<CodePanel>? _editor;
    private DraftDocument? _shown;
    private string _format = "yaml";
    private string _json = "";
    private string? _wrong;
    private string? _focused;

    [Parameter, EditorRequired]
    public required DesignSession Session { get; set; }

    /// <summary>Name of the step that is selected on the canvas.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<StepEdit> OnEdit { get; set; }

    /// <summary>The cursor went into a step.</summary>
    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    [JSInvokable]
    public async Task CodePiece(string piece, bool first, bool last)
    {
        if (first) _pieces.Clear();
        if (_pieces.Length + piece.Length > Longest) return;
        _pieces.Append(piece);
        if (!last || JsonSerializer.Deserialize<string[]>(_pieces.ToString()) is not [var format, var source, var json]) return;
        _wrong = null;
        if (JsonNode.Parse(json) is not JsonObject definition || _shown is null) return;
        var (origin, mine) = (_shown, _shown.Replace(definition, new DraftText(format, source.Length == 0 ? json : source), time.GetUtcNow()));
        _shown = mine;
        await OnEdit.InvokeAsync(new StepEdit("edit the code", document => DraftMerge.Merge(origin, mine, document).Document, "code"));
    }

    [JSInvokable]
    public void CodeWrong(string problem)
    {
        _wrong = problem.EndsWith('.') ? problem : problem + ".";
        StateHasChanged();
    }

    [JSInvokable]
    public Task CodeStep(string name)
    {
        _focused = name;
        return OnSelect.InvokeAsync(name);
    }

    protected override void OnParametersSet() => _json = CanonicalJson.Write(Session.Document.Definition());

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _editor = new ScriptPart<CodePanel>(script, this, "./canvas/code.js", "mount");
            if (!await _editor.StartAsync(_element, "Definition as text")) return;
            _format = Session.Document.Text?.Format ?? "yaml";
            await ShowAsync(Session.Document.Text?.Source);
            StateHasChanged();
        }

        if (_editor is not { IsRunning: true } editor) return;
        if (_shown is not null && !SameDefinition(_shown, Session.Document)) await ShowAsync(null);
        if (Selected is null || Selected == _focused) return;
        _focused = Selected;
        await editor.CallAsync("focusStep", Selected);
    }

    public async ValueTask DisposeAsync()
    {
        if (_editor is not null) await _editor.DisposeAsync();
    }

    private async Task Choose(string format)
    {
        if (_format == format) return;
        _format = format;
        _wrong = null;
        await ShowAsync(Session.Document.Text is { } text && text.Format == format ? text.Source : "");
    }

    /// <param name="source">What was written by hand, to go on from; null goes on from what the editor has, empty writes anew.</param>
    private async Task ShowAsync(string? source)
    {
        if (_editor is not { IsRunning: true } editor) return;
        _shown = Session.Document;
        var parts = JsonSerializer.SerializeToUtf8Bytes<string?[]>([_format, source, CanonicalJson.Write(_shown.Definition())]);
        using var stream = new DotNetStreamReference(new MemoryStream(parts));
        await editor.CallAsync("show", stream);
    }

    private static bool SameDefinition(DraftDocument one, DraftDocument other) =>
        ReferenceEquals(one, other) || CanonicalJson.Write(one.Definition()) == CanonicalJson.Write(other.Definition());
}
