namespace FlowNexus.Web.Shell.Theme;

/// <summary>The three themes.</summary>
internal static class Colours
{
    public static readonly ColourSet Light = new()
    {
        Dark = false,
        Canvas = "#F6F7F9",
        Surface = "#FFFFFF",
        Raised = "#FFFFFF",
        Subtle = "#EFF1F4",
        Border = "#E3E6EB",
        ControlBorder = "#868E9C",
        Text = "#171A20",
        Muted = "#5B6472",
        Accent = "#4453D6",
        OnAccent = "#FFFFFF",
        AccentHover = "#3845BD",
        Overlay = "#171A2066",
        Status = new("#475569", "#1D5FD1", "#6D3FC4", "#855700", "#0C7440", "#BF2828", "#AD4209", "#5B6472", "#5B6472"),
        Family = new("#4453D6", "#475569", "#0B7285", "#8A5A00", "#BE2D63", "#0C7440"),
    };

    public static readonly ColourSet Dark = new()
    {
        Dark = true,
        Canvas = "#0E1116",
        Surface = "#161A21",
        Raised = "#1C212A",
        Subtle = "#1F252F",
        Border = "#2A303B",
        ControlBorder = "#6B7585",
        Text = "#E8EAEE",
        Muted = "#9AA3B2",
        Accent = "#8B97FF",
        OnAccent = "#0E1116",
        AccentHover = "#A3ADFF",
        Overlay = "#05070AB3",
        Status = new("#A9B6C8", "#7FB0FF", "#BBA0FF", "#E5B546", "#5CCB8C", "#FF8A85", "#FFA36B", "#9AA3B2", "#9AA3B2"),
        Family = new("#A3ADFF", "#A9B6C8", "#5CC8D6", "#E5B546", "#FF8FB5", "#5CCB8C"),
    };

    public static readonly ColourSet Contrast = new()
    {
        Dark = true,
        Canvas = "#000000",
        Surface = "#000000",
        Raised = "#0B0B0B",
        Subtle = "#262626",
        Border = "#9C9C9C",
        ControlBorder = "#FFFFFF",
        Text = "#FFFFFF",
        Muted = "#D6D6D6",
        Accent = "#B8C1FF",
        OnAccent = "#000000",
        AccentHover = "#DDE1FF",
        Overlay = "#000000CC",
        Status = new("#D5DEEA", "#A8CBFF", "#D3C2FF", "#FFD35C", "#7CF0AE", "#FFB0AC", "#FFC49E", "#D6D6D6", "#D6D6D6"),
        Family = new("#B8C1FF", "#D5DEEA", "#8BE9F5", "#FFD35C", "#FFB8D1", "#7CF0AE"),
    };
}
