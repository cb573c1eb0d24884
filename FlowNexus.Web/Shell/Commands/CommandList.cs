using FlowNexus.Web.Shell.Navigation;
using FlowNexus.Web.Shell.Theme;
using FlowNexus.Web.Ui.Icons;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell.Commands;

/// <summary>What can be done from here: the places, the acts of every page, and those the shown page adds.</summary>
public sealed class CommandList
{
    private readonly List<IReadOnlyList<Command>> _added = [];
    private readonly IReadOnlyList<Command> _always;

    public CommandList(NavigationManager navigation, Viewer viewer) =>
        _always = [.. Places(navigation), .. Acts(viewer)];

    /// <summary>Somebody asked for the palette.</summary>
    public event EventHandler? PaletteAsked;

    /// <summary>Somebody asked for the sheet of shortcuts.</summary>
    public event EventHandler? SheetAsked;

    /// <summary>The page's own come first.</summary>
    public IReadOnlyList<Command> All => [.. _added.SelectMany(commands => commands), .. _always];

    /// <summary>A page's commands, there as long as the page is.</summary>
    public IDisposable Add(params IReadOnlyList<Command> commands)
    {
        _added.Insert(0, commands);
        return new Added(this, commands);
    }

    public void OpenPalette() => PaletteAsked?.Invoke(this, EventArgs.Empty);

    public void OpenSheet() => SheetAsked?.Invoke(this, EventArgs.Empty);

    private static IEnumerable<Command> Places(NavigationManager navigation) => Destination.All.Select(place =>
        new Command(place.Title, "Go to", place.Icon, () =>
        {
            navigation.NavigateTo(place.Href);
            return Task.CompletedTask;
        })
        { Keys = ["g", place.Key.ToString()], Words = "open show list" });

    private IEnumerable<Command> Acts(Viewer viewer) =>
    [
        Theme(viewer, "Use the light theme", Glyph.Sun, ThemeChoice.Light),
        Theme(viewer, "Use the dark theme", Glyph.Moon, ThemeChoice.Dark),
        Theme(viewer, "Use the high contrast theme", Glyph.Contrast, ThemeChoice.Contrast),
        Theme(viewer, "Use the system's theme", Glyph.Screen, ThemeChoice.System),
        new("Expand or collapse the rail", "View", Glyph.Sidebar, () => viewer.OpenRailAsync(!viewer.RailOpen)) { Words = "sidebar menu navigation", Keys = ["["] },
        new("Show keyboard shortcuts", "View", Glyph.Keyboard, () =>
        {
            OpenSheet();
            return Task.CompletedTask;
        })
        { Words = "keys help", Keys = ["?"] },
    ];

    private static Command Theme(Viewer viewer, string title, string icon, ThemeChoice choice) =>
        new(title, "View", icon, () => viewer.ChooseThemeAsync(choice)) { Words = "colours mode appearance" };

    private sealed class Added(CommandList list, IReadOnlyList<Command> commands) : IDisposable
    {
        public void Dispose() => list._added.Remove(commands);
    }
}
