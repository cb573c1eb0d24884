using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Lists;

/// <summary>The first rows of a table that a step took in or put out.</summary>
public sealed partial class DataPreview : ComponentBase
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<PreviewColumn> Columns { get; set; }

    /// <summary>Cells as text, in the order of the columns; null where there is no value.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<IReadOnlyList<string?>> Rows { get; set; }

    /// <summary>How many rows there are in all.</summary>
    [Parameter]
    public long? Total { get; set; }

    [Parameter]
    public string Label { get; set; } = "Rows";
}

/// <summary>A column of a preview.</summary>
/// <param name="Kind">Its type in a word: <c>integer</c>.</param>
public sealed record PreviewColumn(string Name, string? Kind = null, bool IsNumber = false);
