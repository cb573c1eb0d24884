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

    public void Complete(ExecutionRow row)
    {
        if (_waiting.TryGetValue(row.Id, out var waiters)) waiters.Ended.TrySetResult(row);
    }

    internal sealed class Waiters
    {
        public TaskCompletionSource<ExecutionRow> Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>-1 once nobody waits and the entry is gone.</summary>
        public int Count { get; set; }
    }

    internal sealed class Registration(Terminations terminations, string executionId, Waiters waiters) : IDisposable
    {
        public Task<ExecutionRow> Ended => waiters.Ended.Task;

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
