using System.Collections.Concurrent;
using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Executions.Driving;

/// <summary>Tells those who wait on this node that an execution ended.</summary>
internal sealed class Terminations
{
    private readonly ConcurrentDictionary<string, Waiters> _waiting = new();

    /// <summary>Registers before the caller looks whether it has ended already, so that no end is missed.</summary>
    public Registration Wait(string executionId)
    {
        while (true)
        {
            var waiters = _waiting.GetOrAdd(executionId, static _ => new Waiters());
            lock (waiters)
            {
                if (waiters.Count < 0) continue;
                waiters.Count++;
                return new Registration(this, executionId, waiters);
            }
        }
    }

    public bool IsAwaited(string executionId) => _waiting.ContainsKey(executionId);

    public void Complete(EndedExecution ended)
    {
        if (_waiting.TryGetValue(ended.Row.Id, out var waiters)) waiters.Ended.TrySetResult(ended);
    }

    internal sealed class Waiters
    {
        public TaskCompletionSource<EndedExecution> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>-1 once nobody waits and the entry is gone.</summary>
        public int Count { get; set; }
    }

    internal sealed class Registration(Terminations terminations, string executionId, Waiters waiters) : IDisposable
    {
        public Task<EndedExecution> Ended => waiters.Ended.Task;

        public void Dispose()
        {
            lock (waiters)
            {
                if (--waiters.Count > 0) return;
                waiters.Count = -1;
                terminations._waiting.TryRemove(executionId, out _);
            }
        }
    }
}

/// <summary>An execution as its last transition left it.</summary>
internal sealed record EndedExecution(ExecutionRow Row, IReadOnlyList<StepRow?> Steps);
