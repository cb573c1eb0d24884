using FlowNexus.Web.Shell.Theme;
using Microsoft.JSInterop;

namespace FlowNexus.Web.Shell;

/// <summary>Who looks, as far as the look is concerned: theme, rail and time zone of one browser tab.</summary>
public sealed class Viewer(IJSRuntime script) : IAsyncDisposable
{
    private IJSObjectReference? _module;

    /// <summary>Raised when something a page shows depends on has changed.</summary>
    public event EventHandler? Changed;

    /// <summary><c>system</c>, <c>light</c>, <c>dark</c> or <c>contrast</c>.</summary>
    public string Theme { get; private set; } = ThemeChoice.System.Word();

    public bool RailOpen { get; private set; }

    /// <summary>UTC until the browser said where it is.</summary>
    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    internal void Start(ViewerPreferences preferences)
    {
        Theme = preferences.Theme;
        RailOpen = preferences.RailOpen;
        if (preferences.Zone is { } zone && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)) Zone = found;
    }

    /// <summary>After the first interactive render: only the browser knows its zone.</summary>
    internal async Task LearnZoneAsync()
    {
        var module = await ModuleAsync();
        var name = await module.InvokeAsync<string>("rememberZone", ViewerPreferences.ZoneCookie);
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) || zone.Equals(Zone)) return;
        Zone = zone;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    internal async Task ChooseThemeAsync(ThemeChoice choice)
    {
        Theme = choice.Word();
        await RememberAsync("theme", ViewerPreferences.ThemeCookie, Theme);
    }

    internal async Task OpenRailAsync(bool open)
    {
        RailOpen = open;
        await RememberAsync("rail", ViewerPreferences.RailCookie, open ? "open" : "closed");
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The tab is gone and its modules with it.
        }
    }

    private async Task RememberAsync(string attribute, string cookie, string value)
    {
        var module = await ModuleAsync();
        await module.InvokeVoidAsync("remember", attribute, cookie, value);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private async Task<IJSObjectReference> ModuleAsync() =>
        _module ??= await script.InvokeAsync<IJSObjectReference>("import", "./preferences.js");
}
