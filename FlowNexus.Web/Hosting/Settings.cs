using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Configuration.Json;

namespace FlowNexus.Web.Hosting;

/// <summary>Where settings come from: appsettings.json first, so that environment variables and the command line win.</summary>
internal static class Settings
{
    public static WebApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Settings).Assembly.GetName().Name,
            ContentRootPath = InstallationFolder.Find(AppContext.BaseDirectory),
        });
        FilesFirst(builder.Configuration, builder.Environment.EnvironmentName);

        // Run from a build's output, assets would be sent again without compression, in case somebody edits one meanwhile.
        if (!builder.Environment.IsDevelopment()) builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";

        // A build's output keeps its static assets where they were made; a published folder has them beside it.
        builder.WebHost.UseStaticWebAssets();
        return builder;
    }

    /// <summary>The absolute path of the data folder.</summary>
    public static string DataFolder(IConfiguration configuration, IHostEnvironment environment)
    {
        var given = configuration.GetSection(EngineOptions.Section)[nameof(EngineOptions.DataFolder)];
        return Path.GetFullPath(string.IsNullOrWhiteSpace(given) ? new EngineOptions().DataFolder : given, environment.ContentRootPath);
    }

    /// <summary>
    /// The default builder reads the files after the variables that start with ASPNETCORE_, which would let a file's
    /// "Urls" beat ASPNETCORE_URLS.
    /// </summary>
    private static void FilesFirst(ConfigurationManager configuration, string environment)
    {
        foreach (var file in configuration.Sources.OfType<JsonConfigurationSource>().ToList())
            configuration.Sources.Remove(file);

        configuration.Sources.Insert(0, File("appsettings.json", optional: false));
        configuration.Sources.Insert(1, File($"appsettings.{environment}.json", optional: true));
    }

    private static JsonConfigurationSource File(string name, bool optional)
    {
        var source = new JsonConfigurationSource { Path = Path.Combine(AppContext.BaseDirectory, name), Optional = optional };
        source.ResolveFileProvider();
        return source;
    }
}
