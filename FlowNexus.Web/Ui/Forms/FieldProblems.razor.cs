using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Forms;

/// <summary>What is wrong with a field, under it.</summary>
public sealed partial class FieldProblems : ComponentBase
{
    private IReadOnlyList<ProblemDetail> _all = [];

    [Parameter, EditorRequired]
    public required IEnumerable<ProblemDetail> Problems { get; set; }

    [Parameter]
    public string? Id { get; set; }

    protected override void OnParametersSet() => _all = [.. Problems];
}
