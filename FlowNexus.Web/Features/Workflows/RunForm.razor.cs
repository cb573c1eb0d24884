using System.Text.Json.Nodes;
using FlowNexus.Engine.Problems;
using FlowNexus.Web.Shell;
using FlowNexus.Web.Ui.Forms;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Features.Workflows;

/// <summary>What an execution is started with: fields made from the input schema, JSON, or the input of a past execution. Nothing of it is remembered.</summary>
public sealed partial class RunForm(TimeProvider time, Viewer viewer) : ComponentBase
{
    private const string Whole = "input_data";

    private static readonly NamedChoice[] Views = [new("fields", "Fields"), new("json", "JSON")];

    private static readonly JsonObject WholeSchema = (JsonObject)JsonNode.Parse("""{ "properties": { "input_data": { "title": "Input data (JSON object)" } } }""")!;

    private readonly string _id = new FormContext().Id;
    private readonly DateTimeOffset _now = time.GetUtcNow();
    private JsonObject _input = [];
    private string _past = "";
    private bool _asJson;
    private int _round;
    private ProblemDetail? _wrong;
    private SchemaForm? _form;

    /// <summary>The workflow's input schema.</summary>
    [Parameter]
    public JsonNode? Schema { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<JsonObject> OnRun { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnClose { get; set; }

    /// <summary>Why the last try was refused.</summary>
    [Parameter]
    public Problem? Failure { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Executions whose input can be used again, newest first.</summary>
    [Parameter]
    public IReadOnlyList<PastInput> PastInputs { get; set; } = [];

    /// <summary>Reads the input of one of them; null when it is gone.</summary>
    [Parameter]
    public Func<string, Task<JsonNode?>>? ReadPastAsync { get; set; }

    /// <summary>The schema when fields can be made from it.</summary>
    private JsonObject? Fields => Schema is JsonObject { } schema && schema["properties"] is JsonObject { Count: > 0 } ? schema : null;

    private JsonObject Wrapped => _input.Count == 0 ? [] : new JsonObject { [Whole] = _input.DeepClone() };

    private IReadOnlyList<ProblemDetail> Problems
    {
        get
        {
            ProblemDetail[] all = [.. _wrong is null ? [] : new[] { _wrong }, .. Failure?.Code == ProblemCodes.InvalidInputData ? Failure.Details : []];
            return Fields is not null && !_asJson ? all : [.. all.Select(one => one with { Pointer = "/" + Whole + one.Pointer })];
        }
    }

    private void Change(FormChange change)
    {
        _wrong = null;
        if (Fields is not null && !_asJson)
        {
            _input = change.ApplyTo(_input);
            return;
        }

        if (change.Value is null or JsonObject) _input = (JsonObject?)change.Value?.DeepClone() ?? [];
        else _wrong = new ProblemDetail("", "type", "It must be a JSON object, such as {\"dataset\": \"small_sample\"}.");
    }

    private async Task UsePastAsync(ChangeEventArgs args)
    {
        _past = args.Value?.ToString() ?? "";
        _wrong = null;
        var input = _past.Length == 0 || ReadPastAsync is null ? new JsonObject() : await ReadPastAsync(_past);
        if (input is JsonObject fields) _input = fields;
        else _wrong = new ProblemDetail("", "gone", "The input of that execution is not kept any more.");
        _round++;
    }

    private Task RunAsync() => _wrong is null && _form?.HasUnread != true ? OnRun.InvokeAsync(InputDefaults.Fill(Fields, _input)) : Task.CompletedTask;
}
