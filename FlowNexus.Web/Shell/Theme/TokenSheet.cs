using System.Globalization;
using System.Text;

namespace FlowNexus.Web.Shell.Theme;

/// <summary>The tokens as one style sheet: our variables for each theme, and MudBlazor's variables in terms of ours.</summary>
/// <remarks>
/// Written into the page's head, so that the first paint has its colours whatever the theme. MudBlazor's own values come
/// later, from its provider, with less weight than <c>:root[data-theme]</c>.
/// </remarks>
internal static class TokenSheet
{
    private static readonly (string Mud, string Ours)[] Mapping =
    [
        ("primary", "accent"), ("primary-text", "on-accent"), ("primary-darken", "accent-hover"), ("primary-lighten", "accent-hover"),
        ("secondary", "muted"), ("secondary-text", "surface"), ("tertiary", "muted"), ("tertiary-text", "surface"),
        ("info", "running"), ("info-text", "surface"), ("success", "completed"), ("success-text", "surface"),
        ("warning", "paused"), ("warning-text", "surface"), ("error", "failed"), ("error-text", "surface"), ("error-darken", "failed"),
        ("dark", "text"), ("dark-text", "surface"),
        ("text-primary", "text"), ("text-secondary", "muted"), ("text-disabled", "muted"),
        ("action-default", "muted"), ("action-default-hover", "subtle"), ("action-disabled", "muted"), ("action-disabled-background", "subtle"),
        ("background", "canvas"), ("background-gray", "subtle"), ("surface", "surface"),
        ("drawer-background", "surface"), ("drawer-text", "text"), ("drawer-icon", "muted"), ("appbar-background", "surface"), ("appbar-text", "text"),
        ("lines-default", "border"), ("lines-inputs", "control-border"), ("divider", "border"), ("divider-light", "border"),
        ("table-lines", "border"), ("table-striped", "subtle"), ("table-hover", "subtle"), ("overlay-dark", "overlay"), ("overlay-light", "overlay"),
        ("skeleton", "subtle"),
    ];

    private static readonly (string Mud, Func<ColourSet, string> Colour)[] Channels =
    [
        ("primary", c => c.Accent), ("secondary", c => c.Muted), ("tertiary", c => c.Muted), ("info", c => c.Status.Running),
        ("success", c => c.Status.Completed), ("warning", c => c.Status.Paused), ("error", c => c.Status.Failed),
        ("dark", c => c.Text), ("text-primary", c => c.Text), ("divider", c => c.Border),
    ];

    public static string Css { get; } = Build();

    private static string Build()
    {
        var css = new StringBuilder();
        Theme(css, ":root[data-theme]", Colours.Light);
        Theme(css, ":root[data-theme=dark]", Colours.Dark);
        Theme(css, ":root[data-theme=contrast]", Colours.Contrast);
        css.Append("@media (prefers-color-scheme:dark){");
        Theme(css, ":root[data-theme=system]", Colours.Dark);
        css.Append("}@media (prefers-contrast:more){");
        Theme(css, ":root[data-theme=system]", Colours.Contrast);
        css.Append("}:root[data-theme]{");
        foreach (var (mud, ours) in Mapping) css.Append(CultureInfo.InvariantCulture, $"--mud-palette-{mud}:var(--fn-{ours});");
        return css.Append('}').ToString();
    }

    private static void Theme(StringBuilder css, string selector, ColourSet colours)
    {
        var scheme = colours.Dark ? "dark" : "light";
        css.Append(selector).Append('{').Append(CultureInfo.InvariantCulture, $"color-scheme:{scheme};--mud-native-html-color-scheme:{scheme};");
        foreach (var (name, value) in colours.Variables()) css.Append(CultureInfo.InvariantCulture, $"--fn-{name}:{value};");
        foreach (var (mud, colour) in Channels)
            css.Append(CultureInfo.InvariantCulture, $"--mud-palette-{mud}-rgb:{Rgb(colour(colours))};--mud-palette-{mud}-hover:rgba({Rgb(colour(colours))},.08);");
        css.Append('}');
    }

    private static string Rgb(string hex) => string.Join(',', Enumerable.Range(0, 3).Select(i => Convert.ToInt32(hex.Substring(1 + i * 2, 2), 16)));
}
