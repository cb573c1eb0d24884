using FlowNexus.Engine.Backups;

namespace FlowNexus.Web.CommandLine;

/// <summary><c>restore --from FILE</c>.</summary>
internal static class RestoreCommand
{
    public static async Task RunAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var from = arguments.Demand("--from");
        if (arguments.ConnectionString is { } postgres) throw new BackupException(PostgresDump.RestoreLines(postgres, arguments.DataFolder, from));
        var restored = await new Restore(TimeProvider.System).RunAsync(from, arguments.DataFolder, arguments.Has("--replace"), cancellationToken);
        Console.WriteLine($"Restored {from}");
        Console.WriteLine(ManifestText.Of(restored.Manifest));
        if (restored.Replaced is { } aside) Console.WriteLine($"What was in the folder is in {aside}; delete it when you no longer need it.");
        Console.WriteLine($"Data folder: {arguments.DataFolder}. Start the server on it.");
    }
}
