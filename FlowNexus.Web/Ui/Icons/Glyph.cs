using System.Collections.Frozen;
using System.Reflection;

namespace FlowNexus.Web.Ui.Icons;

/// <summary>Our icons: strokes on a grid of 24, drawn in the text's colour. Usable as MudBlazor icons too.</summary>
public static class Glyph
{
    // Places
    public static readonly string Dashboard = Stroke("""<rect x="3" y="3" width="7" height="9" rx="1.5"/><rect x="14" y="3" width="7" height="5" rx="1.5"/><rect x="14" y="12" width="7" height="9" rx="1.5"/><rect x="3" y="16" width="7" height="5" rx="1.5"/>""");
    public static readonly string Workflow = Stroke("""<rect x="3" y="3" width="7" height="7" rx="2"/><rect x="14" y="14" width="7" height="7" rx="2"/><path d="M6.5 10v4a3.5 3.5 0 0 0 3.5 3.5h4"/>""");
    public static readonly string Execution = Stroke("""<circle cx="12" cy="12" r="9"/><path d="M10 8.5v7l5.5-3.5z"/>""");
    public static readonly string Queue = Stroke("""<path d="M4 6h16M4 12h16M4 18h9"/>""");
    public static readonly string Agent = Stroke("""<rect x="4" y="8" width="16" height="12" rx="3"/><path d="M12 8V4M9 13.5v1M15 13.5v1M2 13v3M22 13v3"/>""");
    public static readonly string Template = Stroke("""<rect x="3" y="3" width="18" height="18" rx="2.5"/><path d="M3 9h18M9 9v12"/>""");
    public static readonly string Audit = Stroke("""<path d="M12 3 5 6v5c0 4.6 2.9 8.2 7 10 4.1-1.8 7-5.4 7-10V6z"/><path d="m9 12 2.2 2.2L15.2 10"/>""");
    public static readonly string Pulse = Stroke("""<path d="M3 12h4l3-8 4 16 3-8h4"/>""");
    public static readonly string Settings = Stroke("""<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="2.5"/><circle cx="8" cy="17" r="2.5"/>""");

    // Acts
    public static readonly string Search = Stroke("""<circle cx="11" cy="11" r="7"/><path d="m20 20-4-4"/>""");
    public static readonly string Plus = Stroke("""<path d="M12 5v14M5 12h14"/>""");
    public static readonly string Play = Stroke("""<path d="M7 4.5v15l12-7.5z"/>""");
    public static readonly string Pause = Stroke("""<path d="M9 5v14M15 5v14"/>""");
    public static readonly string Retry = Stroke("""<path d="M4 12a8 8 0 1 0 2.6-5.9L4 8.5"/><path d="M4 4v4.5h4.5"/>""");
    public static readonly string Undo = Stroke("""<path d="M4 9h10a6 6 0 0 1 0 12h-3"/><path d="M8 5 4 9l4 4"/>""");
    public static readonly string Redo = Stroke("""<path d="M20 9H10a6 6 0 0 0 0 12h3"/><path d="m16 5 4 4-4 4"/>""");
    public static readonly string Close = Stroke("""<path d="m6 6 12 12M18 6 6 18"/>""");
    public static readonly string Copy = Stroke("""<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15H4.5A1.5 1.5 0 0 1 3 13.5v-9A1.5 1.5 0 0 1 4.5 3h9A1.5 1.5 0 0 1 15 4.5V5"/>""");
    public static readonly string Download = Stroke("""<path d="M12 4v11M7 10.5l5 5 5-5M4 20h16"/>""");
    public static readonly string Filter = Stroke("""<path d="M4 6h16M7 12h10M10 18h4"/>""");
    public static readonly string More = Stroke("""<path d="M5 12h.01M12 12h.01M19 12h.01" stroke-width="3"/>""");
    public static readonly string Menu = Stroke("""<path d="M4 6h16M4 12h16M4 18h16"/>""");
    public static readonly string Sidebar = Stroke("""<rect x="3" y="4" width="18" height="16" rx="2.5"/><path d="M9.5 4v16"/>""");
    public static readonly string Keyboard = Stroke("""<rect x="2.5" y="6" width="19" height="12" rx="2.5"/><path d="M6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M8 14h8"/>""");
    public static readonly string External = Stroke("""<path d="M14 4h6v6M20 4l-9 9M18 14v4.5a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 4 18.5v-11A1.5 1.5 0 0 1 5.5 6H10"/>""");

    // Directions
    public static readonly string Right = Stroke("""<path d="m9 5 7 7-7 7"/>""");
    public static readonly string Up = Stroke("""<path d="m5 15 7-7 7 7"/>""");
    public static readonly string Down = Stroke("""<path d="m5 9 7 7 7-7"/>""");
    public static readonly string Enter = Stroke("""<path d="M20 6v6a2 2 0 0 1-2 2H5M9 9.5 4.5 14 9 18.5"/>""");

    // Themes
    public static readonly string Sun = Stroke("""<circle cx="12" cy="12" r="4"/><path d="M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"/>""");
    public static readonly string Moon = Stroke("""<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>""");
    public static readonly string Contrast = Stroke("""<circle cx="12" cy="12" r="9"/><path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor"/>""");
    public static readonly string Screen = Stroke("""<rect x="3" y="4" width="18" height="12" rx="2"/><path d="M12 16v4M8 20h8"/>""");

    // Statuses
    public static readonly string Clock = Stroke("""<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>""");
    public static readonly string Ring = Stroke("""<circle cx="12" cy="12" r="9" opacity=".28"/><path d="M21 12a9 9 0 0 0-9-9"/>""");
    public static readonly string Hourglass = Stroke("""<path d="M6 3h12M6 21h12M7.5 3v3.5L12 12l4.5-5.5V3M7.5 21v-3.5L12 12l4.5 5.5V21"/>""");
    public static readonly string PauseCircle = Stroke("""<circle cx="12" cy="12" r="9"/><path d="M10 9v6M14 9v6"/>""");
    public static readonly string CheckCircle = Stroke("""<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.7 2.7L16 9.5"/>""");
    public static readonly string CrossCircle = Stroke("""<circle cx="12" cy="12" r="9"/><path d="m9 9 6 6M15 9l-6 6"/>""");
    public static readonly string Timer = Stroke("""<circle cx="12" cy="13.5" r="7.5"/><path d="M12 13.5V9.5M9.5 2.5h5M18.5 6l1.5 1.5"/>""");
    public static readonly string Ban = Stroke("""<circle cx="12" cy="12" r="9"/><path d="m5.7 5.7 12.6 12.6"/>""");
    public static readonly string Dashed = Stroke("""<circle cx="12" cy="12" r="9" stroke-dasharray="3.5 3.5"/>""");
    public static readonly string Pencil = Stroke("""<path d="M4 20l.9-4.2L16 4.7a1.5 1.5 0 0 1 2.1 0l1.2 1.2a1.5 1.5 0 0 1 0 2.1L8.2 19.1z"/>""");

    // Signs
    public static readonly string Check = Stroke("""<path d="m5 12.5 4.5 4.5L19 7.5"/>""");
    public static readonly string Warning = Stroke("""<path d="M12 4 2.8 19.5h18.4zM12 10v4.5M12 17.3v.01"/>""");
    public static readonly string Info = Stroke("""<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.8v.01"/>""");
    public static readonly string File = Stroke("""<path d="M6 3h8l5 5v11.5A1.5 1.5 0 0 1 17.5 21h-11A1.5 1.5 0 0 1 5 19.5v-15A1.5 1.5 0 0 1 6.5 3z"/><path d="M14 3v5h5"/>""");
    public static readonly string User = Stroke("""<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5a7.5 7.5 0 0 1 15 0"/>""");

    // Families of steps
    public static readonly string Branch = Stroke("""<circle cx="6" cy="5" r="2.5"/><circle cx="6" cy="19" r="2.5"/><circle cx="18" cy="8" r="2.5"/><path d="M6 7.5v9M18 10.5c0 4-4 4.5-12 5.5"/>""");
    public static readonly string Data = Stroke("""<ellipse cx="12" cy="6" rx="8" ry="3"/><path d="M4 6v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3"/>""");
    public static readonly string Code = Stroke("""<path d="m8 7-5 5 5 5M16 7l5 5-5 5M13.5 4.5l-3 15"/>""");
    public static readonly string People = Stroke("""<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20a6.5 6.5 0 0 1 13 0M15.5 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5a6.5 6.5 0 0 1 3.5 5.5"/>""");
    public static readonly string Output = Stroke("""<path d="M4 13v5.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V13M12 15V4M7.5 8 12 3.5 16.5 8"/>""");

    // The canvas
    public static readonly string Minus = Stroke("""<path d="M5 12h14"/>""");
    public static readonly string Fit = Stroke("""<path d="M4 9V5.5A1.5 1.5 0 0 1 5.5 4H9M15 4h3.5A1.5 1.5 0 0 1 20 5.5V9M20 15v3.5a1.5 1.5 0 0 1-1.5 1.5H15M9 20H5.5A1.5 1.5 0 0 1 4 18.5V15"/>""");
    public static readonly string Map = Stroke("""<rect x="3" y="4" width="18" height="16" rx="2.5"/><rect x="12" y="12" width="6" height="5" rx="1"/>""");
    public static readonly string Link = Stroke("""<circle cx="5.5" cy="12" r="2.5"/><circle cx="18.5" cy="12" r="2.5"/><path d="M8 12h8"/>""");
    public static readonly string Cut = Stroke("""<circle cx="6" cy="6.5" r="2.5"/><circle cx="6" cy="17.5" r="2.5"/><path d="M8.2 7.8 20 16.5M8.2 16.2 20 7.5"/>""");
    public static readonly string Trash = Stroke("""<path d="M4 7h16M9.5 7V4.5h5V7M6 7l1 12.5A1.5 1.5 0 0 0 8.5 21h7a1.5 1.5 0 0 0 1.5-1.5L18 7M10 11v6M14 11v6"/>""");
    public static readonly string Note = Stroke("""<path d="M5.5 4h13A1.5 1.5 0 0 1 20 5.5V14l-6 6H5.5A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4z"/><path d="M20 14h-4.5a1.5 1.5 0 0 0-1.5 1.5V20"/>""");
    public static readonly string Group = Stroke("""<rect x="3" y="3" width="18" height="18" rx="2.5" stroke-dasharray="3.5 3"/><rect x="7.5" y="7.5" width="9" height="9" rx="1.5"/>""");
    public static readonly string Pin = Stroke("""<path d="M9 3.5h6M10 3.5v6l-3 4h10l-3-4v-6M12 13.5V21"/>""");
    public static readonly string Join = Stroke("""<path d="M4 6h4l6 6h6M4 18h4l6-6M17 9l3 3-3 3"/>""");
    public static readonly string AlignLeft = Stroke("""<path d="M4 3.5v17"/><rect x="8" y="5.5" width="12" height="4.5" rx="1"/><rect x="8" y="14" width="7" height="4.5" rx="1"/>""");
    public static readonly string AlignCentre = Stroke("""<path d="M12 3.5v2M12 10v4M12 18.5v2"/><rect x="5" y="5.5" width="14" height="4.5" rx="1"/><rect x="8" y="14" width="8" height="4.5" rx="1"/>""");
    public static readonly string AlignRight = Stroke("""<path d="M20 3.5v17"/><rect x="4" y="5.5" width="12" height="4.5" rx="1"/><rect x="9" y="14" width="7" height="4.5" rx="1"/>""");
    public static readonly string AlignTop = Stroke("""<path d="M3.5 4h17"/><rect x="5.5" y="8" width="4.5" height="12" rx="1"/><rect x="14" y="8" width="4.5" height="7" rx="1"/>""");
    public static readonly string AlignMiddle = Stroke("""<path d="M3.5 12h2M10 12h4M18.5 12h2"/><rect x="5.5" y="5" width="4.5" height="14" rx="1"/><rect x="14" y="8" width="4.5" height="8" rx="1"/>""");
    public static readonly string AlignBottom = Stroke("""<path d="M3.5 20h17"/><rect x="5.5" y="4" width="4.5" height="12" rx="1"/><rect x="14" y="9" width="4.5" height="7" rx="1"/>""");
    public static readonly string SpreadAcross = Stroke("""<path d="M4 4v16M20 4v16"/><rect x="9" y="7" width="6" height="10" rx="1"/>""");
    public static readonly string SpreadDown = Stroke("""<path d="M4 4h16M4 20h16"/><rect x="7" y="9" width="10" height="6" rx="1"/>""");
    private static readonly Lazy<FrozenDictionary<string, string>> ByName = new(() => typeof(Glyph)
        .GetFields(BindingFlags.Public | BindingFlags.Static).ToFrozenDictionary(field => field.Name, field => (string)field.GetValue(null)!));

    /// <summary>An icon by its name here; a dashed circle for a name that is none.</summary>
    public static string Named(string name) => ByName.Value.GetValueOrDefault(name, Dashed);

    private static string Stroke(string shapes) =>
        $"""<g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">{shapes}</g>""";
}
