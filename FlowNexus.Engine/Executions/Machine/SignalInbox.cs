namespace FlowNexus.Engine.Executions.Machine;

/// <summary>The signals an execution has taken, in the order in which they came. A value: never changed in place.</summary>
public sealed record SignalInbox
{
    /// <summary>Signals that may be kept for steps that do not wait yet.</summary>
    public const int MaxKept = 100;

    public static readonly SignalInbox Empty = new();

    public IReadOnlyList<ReceivedSignal> Signals { get; init; } = [];

    public int Kept => Signals.Count(signal => signal.TakenBy is null);

    public ReceivedSignal? FirstKept(string name) => Signals.FirstOrDefault(signal => signal.TakenBy is null && signal.Name == name);

    public ReceivedSignal? WithKey(string key) => Signals.FirstOrDefault(signal => signal.Key == key);

    public SignalInbox With(ReceivedSignal signal) => new() { Signals = [.. Signals, signal] };

    public SignalInbox TakenBy(int step, int number) => new() { Signals = [.. Signals.Select(signal => signal.Number == number ? signal with { TakenBy = step } : signal)] };

    public bool Equals(SignalInbox? other) => other is not null && Signals.SequenceEqual(other.Signals);

    public override int GetHashCode() => Signals.Count;
}

/// <summary>One signal.</summary>
/// <param name="Number">From 1, in the order of their coming.</param>
/// <param name="Data">JSON text.</param>
/// <param name="Key">The sender's idempotency key.</param>
/// <param name="TakenBy">The step that it completed; null while it is kept.</param>
public sealed record ReceivedSignal(int Number, string Name, string Data, string By, DateTimeOffset At, string? Key, int? TakenBy);

/// <summary>What became of a signal.</summary>
public enum SignalOutcome
{
    /// <summary>A step went on with it.</summary>
    Delivered,

    /// <summary>Kept for a step that will wait for it.</summary>
    Kept,

    /// <summary>No step waits now, and those that will do not want earlier ones.</summary>
    Ignored,

    /// <summary>A signal with the same idempotency key came before.</summary>
    Known,

    /// <summary>Too many are kept already.</summary>
    Full,

    /// <summary>No step takes it any more.</summary>
    NobodyWaits,
}
