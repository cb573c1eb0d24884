using System.Diagnostics;
using FlowNexus.Engine.Storage.Journal;
using Microsoft.Extensions.Logging.Abstractions;

namespace FlowNexus.Benchmarks.Journal;

/// <summary>The product's journal writer with a number of callers that each wait for their commit before the next.</summary>
internal sealed class JournalUnderLoad : IDisposable
{
    private readonly JournalWriter _journal;
    private long _number;
    private long _groups;

    public JournalUnderLoad(IJournalStore store) =>
        _journal = new JournalWriter(store, NullLogger<JournalWriter>.Instance, _ => _groups++);

    /// <returns>Transitions per second and how many went into one commit on average.</returns>
    public async Task<(double PerSecond, long Transitions, double Group)> MeasureAsync(int callers, TimeSpan duration, CancellationToken cancellationToken)
    {
        var (numberBefore, groupsBefore) = (_number, _groups);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync, cancellationToken)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var transitions = _number - numberBefore;
        return (transitions / elapsed.TotalSeconds, transitions, (double)transitions / (_groups - groupsBefore));

        async Task CallAsync()
        {
            while (Stopwatch.GetElapsedTime(started) < duration) await _journal.CommitAsync(Transition(Interlocked.Increment(ref _number)));
        }
    }

    /// <summary>The one whose counter every transition raises.</summary>
    public Task CreateWorkflowAsync()
    {
        var transition = new Transition();
        transition.Insert(Tables.Workflows, W1Rows.Workflow());
        return _journal.CommitAsync(transition);
    }

    public void Dispose() => _journal.Dispose();

    private static Transition Transition(long number)
    {
        var id = W1Rows.ExecutionId(number);
        var events = W1Rows.Events(id, number);
        var transition = new Transition();
        transition.Insert(Tables.Executions, W1Rows.Execution(id, events));
        for (var ordinal = 0; ordinal < W1Rows.StepCount; ordinal++) transition.Insert(Tables.Steps, W1Rows.Step(id, ordinal));
        transition.Count(W1Rows.WorkflowId, startedAt: 1, new FinishedCount(Completed: true, Failed: false, DurationMicros: 900, CreditsMicro: 0));
        transition.Events.AddRange(events);
        return transition;
    }
}
