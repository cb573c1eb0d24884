using System.Globalization;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components.Web;

namespace FlowNexus.Web.Ui.Forms.Editors;

/// <summary>A number with its bounds. The arrow keys count; a text in {{ }} is kept for steps that render their settings.</summary>
public sealed partial class NumberEditor : FieldEditor
{
    private readonly KeptText _kept = new(value => LooseText.Of(value));

    private Dictionary<string, object> Attributes => new(Aria) { ["inputmode"] = Field.Whole ? "numeric" : "decimal" };

    protected override async Task OnParametersSetAsync()
    {
        if (_kept.Receive(Value)) await OnWrong.InvokeAsync(null);
    }

    private async Task CommitAsync(string text)
    {
        var (value, wrong) = NumberText.Read(text, Field);
        await OnWrong.InvokeAsync(wrong);
        if (wrong is not null) _kept.TypeWrong(text, wrong);
        else _kept.Type(text, value);
        if (wrong is null) await SendAsync(value);
    }

    private async Task StepAsync(KeyboardEventArgs args)
    {
        if (Form.ReadOnly || args.Key is not ("ArrowUp" or "ArrowDown")) return;
        var next = NumberText.Next(_kept.Text, Field, up: args.Key == "ArrowUp");
        if (next is null) return;
        _kept.Type(next.Value.ToString("R", CultureInfo.InvariantCulture), null);
        await CommitAsync(_kept.Text);
    }
}
