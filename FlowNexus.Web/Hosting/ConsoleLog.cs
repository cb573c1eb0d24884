using System.Globalization;
using Serilog;
using Serilog.Events;

namespace FlowNexus.Web.Hosting;

/// <summary>Log lines on the console: warnings and worse, unless <c>Logging:LogLevel</c> asks for more.</summary>
internal static class ConsoleLog
{
    private const string Line = "{Timestamp:HH:mm:ss} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    public static void AddConsoleLog(this WebApplicationBuilder builder)
    {
        var levels = builder.Configuration.GetSection("Logging:LogLevel");
        builder.Logging.ClearProviders();
        builder.Services.AddSerilog(log =>
        {
            log.MinimumLevel.Is(Level(levels["Default"], LogEventLevel.Warning));

            // The host logs a failed start with its stack; the start itself already says what to do.
            log.MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal);

            // It warns of every key ring that no other key protects; ours is guarded by the data folder's rights.
            log.MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error);

            // A single silo warns of its peers' silence and of every hurried stop.
            log.MinimumLevel.Override("Orleans", LogEventLevel.Error);
            foreach (var (source, level) in levels.GetChildren().Where(entry => entry.Key is not "Default").Select(entry => (entry.Key, entry.Value)))
                log.MinimumLevel.Override(source, Level(level, LogEventLevel.Warning));

            log.WriteTo.Console(outputTemplate: Line, formatProvider: CultureInfo.InvariantCulture);
        });
    }

    /// <summary>The words of Microsoft.Extensions.Logging, which is what people write in settings.</summary>
    private static LogEventLevel Level(string? word, LogEventLevel otherwise) => word switch
    {
        "Trace" => LogEventLevel.Verbose,
        "Debug" => LogEventLevel.Debug,
        "Information" => LogEventLevel.Information,
        "Warning" => LogEventLevel.Warning,
        "Error" => LogEventLevel.Error,
        "Critical" or "None" => LogEventLevel.Fatal,
        _ => otherwise,
    };
}
