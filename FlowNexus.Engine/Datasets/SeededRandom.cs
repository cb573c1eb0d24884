namespace FlowNexus.Engine.Datasets;

/// <summary>SplitMix64: a small generator whose sequence is ours, so that a seed gives the same data on every runtime.</summary>
public sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        var bits = _state += 0x9E3779B97F4A7C15UL;
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9UL;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EBUL;
        return bits ^ (bits >> 31);
    }

    /// <summary>0 (inclusive) to 1 (exclusive).</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>0 (inclusive) to <paramref name="exclusive"/>.</summary>
    public int Next(int exclusive) => (int)(NextDouble() * exclusive);

    public int Next(int inclusive, int exclusive) => inclusive + Next(exclusive - inclusive);

    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Mean 0, standard deviation 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    public T Pick<T>(IReadOnlyList<T> items) => items[Next(items.Count)];

    /// <summary>An index, each as likely as its weight.</summary>
    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
            total += weight;
        var point = NextDouble() * total;
        for (var index = 0; index < weights.Length; index++)
        {
            point -= weights[index];
            if (point < 0)
                return index;
        }
        return weights.Length - 1;
    }

    public void Shuffle<T>(IList<T> items)
    {
        for (var index = items.Count - 1; index > 0; index--)
        {
            var other = Next(index + 1);
            (items[index], items[other]) = (items[other], items[index]);
        }
    }
}
