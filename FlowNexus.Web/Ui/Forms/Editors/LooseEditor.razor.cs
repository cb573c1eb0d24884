using System.Text.Json.Nodes;
using FlowNexus.Web.Ui.Forms.Fields;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>Any JSON: a plain text needs no quotes, what begins like JSON must be JSON.</summary>
public sealed partial class LooseEditor : FieldEditor
{
    private readonly KeptText _kept = new(value => LooseText.Of(value));

    private int Lines => Field.Kind == FieldKind.Json ? 2 : 1;

    private bool IsMono => Field.Kind == FieldKind.Json || _kept.Text.Contains("{{", StringComparison.Ordinal);

    protected override async Task OnParametersSetAsync()
    {
        if (_kept.Receive(Value)) await OnWrong.InvokeAsync(null);
    }

    private async Task CommitAsync(string text)
    {
        var wrong = LooseText.TryRead(text, out var value);
        await OnWrong.InvokeAsync(wrong);
        if (wrong is not null)
        {
            _kept.TypeWrong(text, wrong);
            return;
        }

        var isSame = JsonNode.DeepEquals(value, Value);
        _kept.Type(text, value);
        if (!isSame) await SendAsync(value);
    }
}
