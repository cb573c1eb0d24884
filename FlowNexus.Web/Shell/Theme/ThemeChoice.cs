namespace FlowNexus.Web.Shell.Theme;

/// <summary>What a viewer chose; the word is the cookie's value and the <c>data-theme</c> of the page.</summary>
internal enum ThemeChoice
{
    /// <summary>As the machine is set, contrast included.</summary>
    System,
    Light,
    Dark,
    Contrast,
}

internal static class ThemeChoices
{
    public static string Word(this ThemeChoice choice) => choice switch
    {
        ThemeChoice.Light => "light",
        ThemeChoice.Dark => "dark",
        ThemeChoice.Contrast => "contrast",
        _ => "system",
    };

    /// <summary>Anything else than our own words, such as a cookie somebody edited, is the default.</summary>
    public static ThemeChoice Read(string? word) => word switch
    {
        "light" => ThemeChoice.Light,
        "dark" => ThemeChoice.Dark,
        "contrast" => ThemeChoice.Contrast,
        _ => ThemeChoice.System,
    };
}
