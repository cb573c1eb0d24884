using FlowNexus.Engine.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace FlowNexus.Web.Hosting;

/// <summary>A start that cannot succeed ends with sentences and an exit code, not with a stack trace.</summary>
internal static class StartFailure
{
    private const int Failed = 1;

    public static async Task<int> GuardAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception failure) when (Explain(failure) is { } lines)
        {
            foreach (var line in lines) await Console.Error.WriteLineAsync(line);
            return Failed;
        }
    }

    /// <returns>Null for a failure that is nobody's setting; that one keeps its stack.</returns>
    internal static IReadOnlyList<string>? Explain(Exception failure) => failure switch
    {
        StartException start => [start.Message],
        OptionsValidationException options => ["FlowNexus cannot start with these settings:", .. options.Failures.Select(one => $"  - {one}")],
        IOException { InnerException: AddressInUseException } taken =>
            [$"FlowNexus cannot start: {Sentence(taken.Message)} Stop the program that uses this address, or start with another one: --urls http://127.0.0.1:5081"],
        IOException or System.Net.Sockets.SocketException when Binding(failure) =>
            [$"FlowNexus cannot start: {Sentence(failure.Message)} Use an address of this machine: --urls http://127.0.0.1:5080"],
        FormatException { Source: "Microsoft.AspNetCore.Http" } url =>
            [$"FlowNexus cannot start: {Sentence(url.Message)} Write it like http://127.0.0.1:5080 in \"Urls\" of appsettings.json, ASPNETCORE_URLS or --urls."],
        InvalidDataException settings =>
            [$"FlowNexus cannot read its settings: {Sentence(settings.Message)} {settings.InnerException?.Message}".TrimEnd()],
        OperationCanceledException => ["FlowNexus was told to stop before it had started."],
        AggregateException { InnerExceptions: [var only] } => Explain(only),
        _ => null,
    };

    private static bool Binding(Exception failure) =>
        failure.StackTrace?.Contains("AddressBinder", StringComparison.Ordinal) == true;

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
