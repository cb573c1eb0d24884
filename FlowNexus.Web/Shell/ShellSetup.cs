using FlowNexus.Web.Hosting;
using FlowNexus.Web.Shell.Commands;
using FlowNexus.Web.Ui.Actions;
using FlowNexus.Web.Ui.Icons;
using FlowNexus.Web.Ui.Times;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor;
using MudBlazor.Services;

namespace FlowNexus.Web.Shell;

/// <summary>The pages: Blazor Server, MudBlazor and what a browser tab holds.</summary>
internal static class ShellSetup
{
    // An edit of a large workflow arrives as one message; the default of 32 KB would close the circuit on it.
    private const int LargestMessage = 4 * 1024 * 1024;

    private static readonly string[] Doors = ["/api", "/mcp", "/hubs", "/health", "/metrics", "/openapi"];

    public static void AddShell(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddRazorComponents()
            .AddInteractiveServerComponents(circuit => circuit.DetailedErrors = builder.Environment.IsDevelopment())
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = LargestMessage);
        services.AddMudServices(mud =>
        {
            mud.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            mud.SnackbarConfiguration.ShowTransitionDuration = 150;
            mud.SnackbarConfiguration.HideTransitionDuration = 150;
            mud.SnackbarConfiguration.PreventDuplicates = false;
            mud.SnackbarConfiguration.MaximumOpacity = 100;
            mud.SnackbarConfiguration.SuccessIcon = Glyph.CheckCircle;
            mud.SnackbarConfiguration.ErrorIcon = Glyph.CrossCircle;
        });
        services.AddDataProtection()
            .SetApplicationName("FlowNexus")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(Settings.DataFolder(builder.Configuration, builder.Environment), "keys")));
        services.TryAddSingleton(TimeProvider.System);
        services.AddScoped<Viewer>();
        services.AddScoped<Pulse>();
        services.AddScoped<Clipboard>();
        services.AddScoped<Toasts>();
        services.AddScoped<CommandList>();
        services.AddScoped<Features.Designer.Editing.DesignDoors>();
        services.AddScoped<Features.Workflows.PastInputs>();
    }

    public static void UseShell(this WebApplication app)
    {
        // The other doors answer with problems, not with pages.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(static (context, next) =>
        {
            if (Doors.Any(door => context.Request.Path.StartsWithSegments(door))) context.Features.Get<IStatusCodePagesFeature>()!.Enabled = false;
            return next(context);
        });
        app.UseAntiforgery();
    }

    public static void MapShell(this WebApplication app)
    {
        app.MapStaticAssets();

        // Our own policy says who may frame a page; Blazor's would be a second one.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(mode => mode.ContentSecurityFrameAncestorsPolicy = null);
    }
}
