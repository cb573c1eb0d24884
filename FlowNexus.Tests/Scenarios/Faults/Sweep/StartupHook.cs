using System.Diagnostics;
using System.Runtime.Loader;
using FlowNexus.Tests.Scenarios.Faults.Sweep;
using Microsoft.Extensions.Hosting;

/// <summary>
/// What the runtime calls before <c>Main</c> of a server that DOTNET_STARTUP_HOOKS points here: the real binary runs,
/// with its journal's store wrapped in one that dies. The product has no hook for it.
/// </summary>
#pragma warning disable CA1050, MA0047 // The runtime finds this type by its bare name.
internal static class StartupHook
#pragma warning restore CA1050, MA0047
{
    public static void Initialize()
    {
        // Whoever looks at the types of this assembly needs what it refers to; the server's own come first.
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, $"{name.Name}.dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
        DiagnosticListener.AllListeners.Subscribe(new HostBuilding());
    }

    /// <summary>Hears of the host when everything is registered and nothing is built.</summary>
    private sealed class HostBuilding : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting") value.Subscribe(this);
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder host }) host.ConfigureServices(MortalJournal.Install);
        }

        public void OnCompleted()
        {
            // Nothing to let go of.
        }

        public void OnError(Exception error)
        {
            // Listeners raise none.
        }
    }
}
