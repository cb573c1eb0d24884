using FlowNexus.Engine.Storage.Rows;

namespace FlowNexus.Engine.Storage.Journal;

/// <summary>A transition on its way through a store.</summary>
internal sealed class JournalEntry(Transition transition)
{
    public Transition Transition { get; } = transition;

    /// <summary>Completes when the entry is durable or refused.</summary>
    public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Exception? Failure { get; set; }

    /// <summary>The entry's events as they were written, with their positions.</summary>
    public List<EventRow>? Events { get; private set; }

    /// <summary>Forgets what an attempt left that was rolled back.</summary>
    public void Reset()
    {
        Failure = null;
        Events = null;
    }

    public void Told(EventRow row) => (Events ??= []).Add(row);

    public void Answer()
    {
        if (Failure is null) Done.SetResult();
        else Done.SetException(Failure);
    }
}
