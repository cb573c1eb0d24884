using Microsoft.Playwright;

namespace FlowNexus.E2E.Kit;

internal static class Pictures
{
    /// <summary>Saved under TestResults/e2e/pictures, for a person to look at.</summary>
    public static Task PictureAsync(this IPage page, string name, bool whole = false) => page.ScreenshotAsync(new PageScreenshotOptions
    {
        Path = Path.Combine(BuiltProgram.Results, "pictures", $"{name}.png"),
        FullPage = whole,
        Animations = ScreenshotAnimations.Disabled,
    });
}
