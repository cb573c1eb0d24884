namespace FlowNexus.Engine.Queues;

/// <summary>
/// Those of one priority. Start-time fair queueing: what comes gets a start tag, the later of the line's virtual time
/// and the end of what its workflow asked for before; the lowest tag is next. The more of a workflow waits already, the
/// longer the step to its next tag: who sends a thousand fills the places that others leave, and where all wait for
/// ever, still gets a sixteenth of an equal share.
/// </summary>
internal sealed class PriorityLine
{
    private const int LongestStep = 16;

    private readonly Dictionary<string, Flow> _flows = [];
    private long _virtualTime;

    /// <summary>In line for a place.</summary>
    public RankedSet<Waiting> Ready { get; } = new(Waiting.ByTag);

    public long Tag(string workflowId)
    {
        var flow = _flows.GetValueOrDefault(workflowId);
        var tag = Math.Max(_virtualTime, flow.End);
        _flows[workflowId] = new Flow(tag + Math.Min(flow.Waiting + 1, LongestStep), flow.Waiting + 1);
        return tag;
    }

    public void Served(Waiting waiting)
    {
        _virtualTime = Math.Max(_virtualTime, waiting.Tag);
        var flow = _flows[waiting.Entry.WorkflowId];
        _flows[waiting.Entry.WorkflowId] = flow with { Waiting = flow.Waiting - 1 };
    }

    /// <summary>Who withdrew everything has nothing to wait off.</summary>
    public void Withdrawn(Waiting waiting)
    {
        var flow = _flows[waiting.Entry.WorkflowId];
        if (flow.Waiting == 1) _flows.Remove(waiting.Entry.WorkflowId);
        else _flows[waiting.Entry.WorkflowId] = flow with { Waiting = flow.Waiting - 1 };
    }

    private readonly record struct Flow(long End, int Waiting);
}

internal enum Whereabouts { Ready, Parked, Held }

/// <summary>An entry with its place in the order, which it keeps for as long as it waits.</summary>
internal sealed class Waiting(QueueEntry entry, long tag, long arrival)
{
    public static readonly IComparer<Waiting> ByTag = Comparer<Waiting>.Create((a, b) => a.Tag != b.Tag ? a.Tag.CompareTo(b.Tag) : a.Arrival.CompareTo(b.Arrival));

    public static readonly IComparer<Waiting> ByPriority = Comparer<Waiting>.Create((a, b) => a.Entry.Priority != b.Entry.Priority ? b.Entry.Priority.CompareTo(a.Entry.Priority) : ByTag.Compare(a, b));

    public QueueEntry Entry { get; } = entry;

    public long Tag { get; } = tag;

    public long Arrival { get; } = arrival;

    public Whereabouts Where { get; set; }
}
