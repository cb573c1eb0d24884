using System.Globalization;
using MudBlazor;

namespace FlowNexus.Web.Shell.Theme;

/// <summary>The tokens as a MudBlazor theme: type, shape and motion, and the palette for what MudBlazor draws from C#.</summary>
internal static class MudThemes
{
    private static readonly string[] Text = ["Inter Variable", "system-ui", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = Palette(new PaletteLight(), Colours.Light),
        PaletteDark = Palette(new PaletteDark(), Colours.Dark),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "48px", DrawerWidthLeft = "216px" },
        Typography = new Typography
        {
            Default = Set<DefaultTypography>(14, 20, 400),
            Body1 = Set<Body1Typography>(14, 20, 400),
            Body2 = Set<Body2Typography>(14, 20, 400),
            H6 = Set<H6Typography>(15, 22, 600),
            H5 = Set<H5Typography>(20, 28, 600),
            Subtitle1 = Set<Subtitle1Typography>(15, 22, 600),
            Subtitle2 = Set<Subtitle2Typography>(14, 20, 600),
            Button = Set<ButtonTypography>(14, 20, 500),
            Caption = Set<CaptionTypography>(12, 16, 400),
        },
        Shadows = Floating(),
    };

    private static T Palette<T>(T palette, ColourSet colours) where T : Palette
    {
        palette.Primary = colours.Accent;
        palette.PrimaryContrastText = colours.OnAccent;
        palette.Background = colours.Canvas;
        palette.Surface = colours.Surface;
        palette.TextPrimary = colours.Text;
        palette.TextSecondary = colours.Muted;
        palette.LinesDefault = colours.Border;
        palette.Divider = colours.Border;
        palette.Info = colours.Status.Running;
        palette.Success = colours.Status.Completed;
        palette.Warning = colours.Status.Paused;
        palette.Error = colours.Status.Failed;
        return palette;
    }

    private static T Set<T>(int size, int line, int weight) where T : BaseTypography, new() => new()
    {
        FontFamily = Text,
        FontSize = (size / 16.0).ToString("0.####rem", CultureInfo.InvariantCulture),
        LineHeight = ((double)line / size).ToString("0.####", CultureInfo.InvariantCulture),
        FontWeight = weight.ToString(CultureInfo.InvariantCulture),
        LetterSpacing = "normal",
        TextTransform = "none",
    };

    // A border marks a panel; a shadow belongs to what floats, and all that float cast the same one.
    private static Shadow Floating()
    {
        var shadow = new Shadow();
        for (var i = 0; i < shadow.Elevation.Length; i++) shadow.Elevation[i] = i < 8 ? "none" : "var(--fn-shadow)";
        return shadow;
    }
}
