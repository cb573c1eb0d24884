using FlowNexus.Web.Shell.Theme;

namespace FlowNexus.Tests.Web.Shell.Theme;

public sealed class ColoursTests
{
    private const double ReadableText = 4.5;
    private const double VisibleEdge = 3;

    // The fill of a chip, as in its style sheet.
    private const double Tint = .11;

    public static TheoryData<string> Themes() => ["light", "dark", "contrast"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void Colours_OfStatusesAndFamilies_AreReadableOnEverySurface(string theme)
    {
        var colours = Of(theme);
        var status = colours.Status;
        foreach (var colour in new[]
        {
            status.Queued, status.Running, status.Waiting, status.Paused, status.Completed, status.Failed, status.TimedOut, status.Cancelled, status.Skipped,
            colours.Family.Agent, colours.Family.Control, colours.Family.Data, colours.Family.Code, colours.Family.People, colours.Family.Output,
        })
            foreach (var ground in new[] { colours.Surface, colours.Canvas, colours.Raised, Mixed(colour, colours.Surface, Tint) })
                Assert.True(Contrast(colour, ground) >= ReadableText, $"{theme}: {colour} on {ground} is {Contrast(colour, ground):0.00}");
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Colours_OfTextAndControls_AreReadable(string theme)
    {
        var colours = Of(theme);

        foreach (var ground in new[] { colours.Surface, colours.Canvas, colours.Raised, colours.Subtle })
        {
            Assert.True(Contrast(colours.Text, ground) >= 7, $"text on {ground}");
            Assert.True(Contrast(colours.Muted, ground) >= ReadableText, $"muted on {ground}");
            Assert.True(Contrast(colours.Accent, ground) >= ReadableText, $"accent on {ground}");
        }

        Assert.True(Contrast(colours.OnAccent, colours.Accent) >= ReadableText);
        Assert.True(Contrast(colours.OnAccent, colours.AccentHover) >= ReadableText);
        Assert.True(Contrast(colours.ControlBorder, colours.Surface) >= VisibleEdge);
    }

    [Fact]
    public void Sheet_HasEveryVariableForEveryTheme()
    {
        foreach (var (name, value) in Colours.Dark.Variables()) Assert.Contains($"--fn-{name}:{value};", TokenSheet.Css, StringComparison.Ordinal);
        foreach (var selector in new[] { ":root[data-theme]{", ":root[data-theme=dark]{", ":root[data-theme=contrast]{", ":root[data-theme=system]{" })
            Assert.Contains(selector, TokenSheet.Css, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dark", "dark")]
    [InlineData("system", "system")]
    [InlineData("\"><script>", "system")]
    [InlineData(null, "system")]
    public void Choice_FromACookie_IsOneOfOurWords(string? cookie, string word) => Assert.Equal(word, ThemeChoices.Read(cookie).Word());

    private static ColourSet Of(string theme) => theme switch { "light" => Colours.Light, "dark" => Colours.Dark, _ => Colours.Contrast };

    private static double Contrast(string one, string other)
    {
        var (light, dark) = (Math.Max(Luminance(one), Luminance(other)), Math.Min(Luminance(one), Luminance(other)));
        return (light + .05) / (dark + .05);
    }

    private static double Luminance(string hex)
    {
        var channels = Channels(hex).Select(channel => channel / 255).Select(c => c <= .03928 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4)).ToArray();
        return .2126 * channels[0] + .7152 * channels[1] + .0722 * channels[2];
    }

    private static string Mixed(string colour, string ground, double share) =>
        "#" + string.Concat(Channels(colour).Zip(Channels(ground), (a, b) => ((int)Math.Round(a * share + b * (1 - share))).ToString("X2")));

    private static double[] Channels(string hex) => [.. Enumerable.Range(0, 3).Select(i => (double)Convert.ToInt32(hex.Substring(1 + i * 2, 2), 16))];
}
