using System.Runtime.InteropServices;
using FlowNexus.Engine.Backups;
using FlowNexus.Engine.Hosting;
using Npgsql;

namespace FlowNexus.Web.CommandLine;

/// <summary>What the program does: serve, unless the first word asks for something else.</summary>
internal static class Commands
{
    private const int Failed = 1;
    private const int WrongUse = 2;

    /// <returns>The exit code: 0 done, 1 failed, 2 not understood.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--help" or "-h" or "help"]) return Say(Usage.Program);
        if (args is not [var word, ..] || word.StartsWith('-') || word.StartsWith('/')) return await WebHost.RunAsync(args);
        return word switch
        {
            "backup" => await RunAsync(args[1..], Usage.Backup, ["--to"], [], BackupCommand.RunAsync),
            "restore" => await RunAsync(args[1..], Usage.Restore, ["--from"], ["--replace"], RestoreCommand.RunAsync),
            _ => Complain($"\"{word}\" is not a command. Commands are backup and restore; without one the server starts. See --help."),
        };
    }

    private static async Task<int> RunAsync(string[] args, string usage, string[] values, string[] flags, Func<CommandArguments, CancellationToken, Task> run)
    {
        if (args.Any(arg => arg is "--help" or "-h")) return Say(usage);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await run(CommandArguments.Read(args, values, flags), stop.Token);
            return 0;
        }
        catch (UsageException wrong)
        {
            return Complain($"{wrong.Message}\n\n{usage}");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return Complain("Stopped; nothing was left behind.", Failed);
        }
        catch (Exception failure) when (failure is BackupException or StartException or InvalidDataException or NpgsqlException or ArgumentException)
        {
            return Complain(failure.Message, Failed);
        }

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.Cancel();
        }
    }

    private static int Say(string text)
    {
        Console.WriteLine(text);
        return 0;
    }

    private static int Complain(string text, int exitCode = WrongUse)
    {
        Console.Error.WriteLine(text);
        return exitCode;
    }
}

/// <summary>The command line was not understood.</summary>
internal sealed class UsageException(string message) : Exception(message);
