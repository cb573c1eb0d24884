using FlowNexus.Engine.Executions.Driving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>
/// Ends a node that the others went on without: it was frozen, or cut off, for longer than its lease. Everything it still
/// has under way is abandoned at once and nothing of it can commit any more; whatever keeps the process running starts it
/// again, as a new node.
/// </summary>
internal sealed class Expulsion(ThisNode node, IServiceProvider services, IHostApplicationLifetime lifetime, IOptions<ClusterOptions> options, ILogger<Expulsion> log) : IFatalErrorHandler
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private int _begun;

    public bool IsUnexpected(Exception exception) => !(exception is ThreadInterruptedException or OperationCanceledException);

    /// <summary>Orleans cannot go on: most often the others voted this node dead.</summary>
    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested) return;
        log.LogError(exception, "{Context}", context);
        Begin();
    }

    public void Begin()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 1) return;
        var reason = $"The other nodes went on without this one ({node.Id}): it gave no sign of life for {options.Value.LeaseSeconds} s, because it was frozen or cut off. They have its executions. Start it again.";
        node.Expel(reason);
        new Thread(() => ExitAfter(reason)) { Name = "expulsion", IsBackground = true }.Start();
        ((ExecutionHost)services.GetService(typeof(ExecutionHost))!).Abandon();
        lifetime.StopApplication();
    }

    /// <summary>Stopping asks the others this and that; a node that cannot reach them must end all the same.</summary>
    private void ExitAfter(string reason)
    {
        lifetime.ApplicationStopped.WaitHandle.WaitOne(Patience);
        if (lifetime.ApplicationStopped.IsCancellationRequested) return;
        Console.Error.WriteLine(reason);
        Environment.Exit(1);
    }
}
