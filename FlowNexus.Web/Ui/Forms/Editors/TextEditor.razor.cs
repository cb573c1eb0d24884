using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>A text: in one line, or in a box that grows where templates and code may be written.</summary>
public sealed partial class TextEditor : FieldEditor
{
    private const int LongText = 500;

    private bool _template;
    private bool _grows;

    private string Text => Value is JsonValue && Value.GetValueKind() == JsonValueKind.String ? Value.GetValue<string>() : LooseText.Of(Value);

    private bool TakesExpressions => Form.Hints is not null && !Form.ReadOnly && !Field.IsRowExpression && Field.Editor is not "code";

    private int Lines => Field.Editor is "code" ? 5 : _grows ? 1 : 0;

    private string InputType => Field.Schema["format"]?.ToString() switch { "date" => "date", "email" => "email", "time" => "time", _ => "text" };

    private IReadOnlyList<string> Suggestions => Field.Editor switch
    {
        "step_name" => Form.Hints?.StepNames ?? [],
        "target" => [.. Form.Hints?.StepNames ?? [], .. Form.Hints?.Paths ?? []],
        _ => [],
    };

    protected override void OnInitialized() =>
        _grows = Form.Hints is not null || Text.Length > 60 || Text.Contains('\n') || Field.Schema["maxLength"] is JsonValue most && most.TryGetValue(out int length) && length >= LongText;

    protected override void OnParametersSet() => _template = Form.Hints is not null && Text.Contains("{{", StringComparison.Ordinal);

    private Task CommitAsync(string text) => SendAsync(text.Length == 0 ? null : JsonValue.Create(text));
}
