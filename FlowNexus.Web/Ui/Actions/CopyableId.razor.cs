using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Ui.Actions;

/// <summary>An id: short to read, whole on hover and when copied.</summary>
public sealed partial class CopyableId : ComponentBase
{
    private const int Head = 4;
    private const int Tail = 5;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Parameter]
    public string? Href { get; set; }

    /// <summary>Not shortened.</summary>
    [Parameter]
    public bool Whole { get; set; }

    private string Shown => Whole ? Id : Shorten(Id);

    // The end tells ids apart; the beginning, after the prefix, is the time.
    internal static string Shorten(string id)
    {
        var head = id.IndexOf('_', StringComparison.Ordinal) + 1 + Head;
        return id.Length <= head + Tail + 2 ? id : $"{id[..head]}…{id[^Tail..]}";
    }
}
