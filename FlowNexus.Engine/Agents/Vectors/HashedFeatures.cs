namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>Adds features to a part of a vector by their hash, which is the same on every machine and in every process.</summary>
internal static class HashedFeatures
{
    private const int ShortestGram = 3;
    private const int LongestGram = 5;

    public static void AddWords(IEnumerable<Word> words, Span<float> part)
    {
        foreach (var word in words) part[Place(word.Stem, part.Length)] += word.Weight;
    }

    /// <summary>Pieces of words, so that a misspelt or compounded word is near the right one.</summary>
    public static void AddGrams(IEnumerable<Word> words, Span<float> part)
    {
        foreach (var word in words)
        {
            var padded = $"^{word.Text}$";
            for (var length = ShortestGram; length <= LongestGram; length++)
                for (var start = 0; start + length <= padded.Length; start++)
                    part[Place(padded.AsSpan(start, length), part.Length)] += word.Weight;
        }
    }

    /// <summary>Scales the part to the given length; a part without features stays empty.</summary>
    public static void Scale(Span<float> part, double length)
    {
        double squares = 0;
        foreach (var value in part) squares += value * value;
        if (squares == 0) return;
        var factor = (float)(length / Math.Sqrt(squares));
        foreach (ref var value in part) value *= factor;
    }

    /// <summary>FNV-1a.</summary>
    private static int Place(ReadOnlySpan<char> feature, int size)
    {
        var hash = 2166136261u;
        foreach (var c in feature) hash = unchecked((hash ^ c) * 16777619u);
        return (int)(hash % (uint)size);
    }
}
