using FlowNexus.Web.Shell.Theme;

namespace FlowNexus.Web.Shell;

/// <summary>What the viewer's cookies say, handed from the document to the interactive pages.</summary>
public sealed record ViewerPreferences
{
    public const string ThemeCookie = "fn-theme";
    public const string RailCookie = "fn-rail";
    public const string ZoneCookie = "fn-zone";

    /// <summary><c>system</c>, <c>light</c>, <c>dark</c> or <c>contrast</c>.</summary>
    public string Theme { get; init; } = ThemeChoice.System.Word();

    public bool RailOpen { get; init; }

    /// <summary>IANA name of the browser's zone; null on the very first visit.</summary>
    public string? Zone { get; init; }

    internal static ViewerPreferences From(IRequestCookieCollection cookies) => new()
    {
        Theme = ThemeChoices.Read(cookies[ThemeCookie]).Word(),
        RailOpen = cookies[RailCookie] is "open",
        Zone = cookies[ZoneCookie] is { Length: < 64 } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null,
    };
}
