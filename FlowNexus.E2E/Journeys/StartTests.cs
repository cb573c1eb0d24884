using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using FlowNexus.E2E.Kit;

namespace FlowNexus.E2E.Journeys;

/// <summary>The program as a person starts it.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task AddressTaken_EndsWithASentenceAndAnExitCode()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (code, said) = await RunAsync([], "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal(1, code);
        Assert.Contains("cannot start", said, StringComparison.Ordinal);
        Assert.Contains("--urls", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressMalformed_EndsWithASentenceAndAnExitCode()
    {
        var (code, said) = await RunAsync([], "--urls", "nonsense");

        Assert.Equal(1, code);
        Assert.Contains("nonsense", said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressInTheEnvironment_BeatsTheSettingsFile()
    {
        // On a taken address, so that the complaint names the one that was used.
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (code, said) = await RunAsync(new() { ["ASPNETCORE_URLS"] = $"http://{taken.LocalEndpoint}" });

        Assert.Equal(1, code);
        Assert.Contains(taken.LocalEndpoint.ToString()!, said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        var data = Directory.CreateTempSubdirectory("flownexus-e2e-");
        try
        {
            var start = new ProcessStartInfo("dotnet", [BuiltProgram.Path, .. arguments, $"--FlowNexus:DataFolder={data.FullName}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (var (name, value) in environment) start.Environment[name] = value;
            using var process = Process.Start(start)!;
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            try
            {
                await process.WaitForExitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail("The program did not end within a minute.");
            }

            return (process.ExitCode, await output + await errors);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
