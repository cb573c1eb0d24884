using System.Globalization;
using FlowNexus.Engine.Artifacts;
using FlowNexus.Engine.Backups;

namespace FlowNexus.Web.CommandLine;

/// <summary><c>backup --to FILE|DIR</c>.</summary>
internal static class BackupCommand
{
    public static async Task RunAsync(CommandArguments arguments, CancellationToken cancellationToken)
    {
        var to = arguments.Demand("--to");
        if (arguments.ConnectionString is { } postgres) throw new BackupException(PostgresDump.BackupLines(postgres, arguments.DataFolder, to));
        var made = await new BackUp(TimeProvider.System).RunAsync(arguments.DataFolder, to, cancellationToken);
        Console.WriteLine($"Backed up {arguments.DataFolder}");
        Console.WriteLine(ManifestText.Of(made.Manifest));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{made.Path} ({ByteSize.Format(made.Size)})"));
    }
}
