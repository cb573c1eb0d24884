using FlowNexus.Web.Shell.Navigation;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Commands;

/// <summary>Every key there is, opened with <c>?</c>.</summary>
public sealed partial class ShortcutsSheet : ComponentBase
{
    private static readonly Section[] Sections =
    [
        new("Everywhere",
        [
            (["Ctrl", "K"], "Search, or jump to a place or an act"),
            (["?"], "Show this sheet"),
            (["["], "Expand or collapse the rail"),
            (["Esc"], "Close what is open"),
        ]),
        new("Go to", [.. Destination.All.Select(place => (new[] { "g", place.Key.ToString() }, place.Title))]),
        new("In a list", [(["/"], "Type into the filter"), (["Enter"], "Open the row in focus")]),
    ];

    private sealed record Section(string Title, IReadOnlyList<(string[] Keys, string Does)> Keys);
}
