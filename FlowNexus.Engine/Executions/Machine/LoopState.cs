namespace FlowNexus.Engine.Executions.Machine;

/// <summary>
/// Where a loop stands, in the size of what is in flight and not of what there is to do: items begin in order, so
/// those before <see cref="Next"/> that are not in flight have ended.
/// </summary>
public sealed record LoopState
{
    public required int Count { get; init; }

    /// <summary>The first item that has not begun.</summary>
    public int Next { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    /// <summary>Items that have begun and not ended, by index.</summary>
    public IReadOnlyList<ItemState> InFlight { get; init; } = [];

    public int Done => Succeeded + Failed;

    public bool IsDone => Next == Count && InFlight.Count == 0;

    /// <summary>Nothing of it runs here: every item in flight waits for a timer or for another execution.</summary>
    public bool OnlyWaits => InFlight.Count > 0 && InFlight.All(item => item.Status is ItemStatus.Retrying or ItemStatus.Child);

    public ItemState? TryGet(int index)
    {
        foreach (var item in InFlight)
            if (item.Index == index) return item;
        return null;
    }

    public LoopState With(ItemState item) => this with { InFlight = [.. InFlight.Where(other => other.Index < item.Index), item, .. InFlight.Where(other => other.Index > item.Index)] };

    public LoopState Without(int index) => this with { InFlight = [.. InFlight.Where(item => item.Index != index)] };

    /// <summary>The step no longer runs: what was in flight is to be begun anew if it ever runs again.</summary>
    public LoopState Stopped() => InFlight.Count == 0 ? this : this with { InFlight = [.. InFlight.Select(item => new ItemState(item.Index, ItemStatus.Open, item.Attempt))] };

    public bool Equals(LoopState? other) =>
        other is not null && (Count, Next, Succeeded, Failed) == (other.Count, other.Next, other.Succeeded, other.Failed) && InFlight.SequenceEqual(other.InFlight);

    public override int GetHashCode() => HashCode.Combine(Count, Next, Succeeded, Failed, InFlight.Count);
}

/// <summary>One item in flight.</summary>
/// <param name="DueAt">When its attempt times out, or its retry begins.</param>
/// <param name="ChildId">The execution that does it.</param>
/// <param name="StartedAt">Of its latest attempt.</param>
public sealed record ItemState(int Index, ItemStatus Status, int Attempt, int Failures = 0, int Lost = 0, DateTimeOffset? DueAt = null, string? ChildId = null, DateTimeOffset? StartedAt = null);

/// <summary>What an item in flight does.</summary>
public enum ItemStatus
{
    /// <summary>To be begun anew.</summary>
    Open,
    Running,
    Retrying,

    /// <summary>Another execution does it.</summary>
    Child,
}
