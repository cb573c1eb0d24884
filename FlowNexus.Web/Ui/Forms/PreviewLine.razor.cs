using System.Text.Json.Nodes;
using FlowNexus.Engine.Expressions.Preview;
using FlowNexus.Web.Ui.Forms.Fields;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>What an expression gives with the data of a past execution.</summary>
public sealed partial class PreviewLine : ComponentBase, IDisposable
{
    private const int Longest = 400;

    private readonly CancellationTokenSource _gone = new();
    private ExpressionPreview? _shown;
    private JsonNode? _asked;
    private object? _with;
    private bool _isAsked;

    [CascadingParameter]
    public required FormContext Form { get; set; }

    [Parameter]
    public JsonNode? Value { get; set; }

    [Parameter]
    public bool IsExpression { get; set; }

    /// <summary>Inside a loop: what it goes over.</summary>
    [Parameter]
    public JsonNode? Items { get; set; }

    private string Words => LooseText.Of(_shown?.Value) is var text && text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest), "…");

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    // The data can change under the same text: another execution is chosen, a step before it is pinned.
    protected override async Task OnParametersSetAsync()
    {
        var preview = Form.Hints?.PreviewAsync;
        if (_isAsked && JsonNode.DeepEquals(_asked, Value) && Equals(_with, preview)) return;
        (_isAsked, _asked, _with) = (true, Value?.DeepClone(), preview);
        if (preview is null || !MayChange(Value, IsExpression))
        {
            _shown = null;
            return;
        }

        var asked = _asked;
        try
        {
            var answer = await preview(new PreviewText(Value!.DeepClone(), IsExpression) { Items = Items?.DeepClone() }, _gone.Token);
            if (ReferenceEquals(asked, _asked)) _shown = answer;
        }
        catch (OperationCanceledException)
        {
            // Nobody looks any more.
        }
    }

    private static bool MayChange(JsonNode? value, bool isExpression) =>
        value is not null && (isExpression ? value.ToString().Trim().Length > 0 : value.ToJsonString().Contains("{{", StringComparison.Ordinal));
}
