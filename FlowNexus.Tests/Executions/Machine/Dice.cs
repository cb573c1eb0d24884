namespace FlowNexus.Tests.Executions.Machine;

/// <summary>Choices from generated numbers, so that a failing case is reproduced by its numbers alone.</summary>
internal sealed class Dice(int[] numbers)
{
    private int _next;

    public bool IsSpent => _next >= numbers.Length;

    /// <summary>0 to <paramref name="sides"/> - 1; 0 once the numbers are spent.</summary>
    public int Roll(int sides) => _next < numbers.Length ? numbers[_next++] % sides : 0;

    public bool Chance(int oneIn) => Roll(oneIn) == oneIn - 1;

    public T Pick<T>(IReadOnlyList<T> items) => items[Roll(items.Count)];
}
