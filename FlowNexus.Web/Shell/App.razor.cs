using FlowNexus.Web.Shell.Theme;
using Microsoft.AspNetCore.Components;

namespace FlowNexus.Web.Shell;

/// <summary>The document. Rendered once per page load, with what the cookies say, so that nothing flashes.</summary>
public sealed partial class App : ComponentBase
{
    [CascadingParameter]
    public required HttpContext Context { get; set; }

    private ViewerPreferences Preferences { get; set; } = new();

    private string ColorScheme => ThemeChoices.Read(Preferences.Theme) switch
    {
        ThemeChoice.Light => "light",
        ThemeChoice.Dark or ThemeChoice.Contrast => "dark",
        _ => "light dark",
    };

    protected override void OnInitialized() => Preferences = ViewerPreferences.From(Context.Request.Cookies);
}
