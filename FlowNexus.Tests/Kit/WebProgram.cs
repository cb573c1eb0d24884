using System.Diagnostics;

namespace FlowNexus.Tests.Kit;

/// <summary>The built web binary as a command that runs to its end.</summary>
internal static class WebProgram
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <returns>Its exit code, what it printed, and what it complained of.</returns>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ServerProcess.Binary, .. arguments])
        {
            WorkingDirectory = Path.GetDirectoryName(ServerProcess.Binary),
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var late = new CancellationTokenSource(Patience);
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
            await process.WaitForExitAsync(late.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }
}
