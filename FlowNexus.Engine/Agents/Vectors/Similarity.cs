using System.Numerics;

namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>Compares vectors of one embedder.</summary>
public static class Similarity
{
    /// <summary>The dot product, kept within 0 and 1.</summary>
    public static double Of(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        if (left.Length != right.Length) throw new ArgumentException($"Vectors of {left.Length} and {right.Length} dimensions cannot be compared.", nameof(right));
        var sum = Vector<float>.Zero;
        var width = Vector<float>.Count;
        var i = 0;
        for (; i <= left.Length - width; i += width) sum += new Vector<float>(left[i..]) * new Vector<float>(right[i..]);
        double total = Vector.Sum(sum);
        for (; i < left.Length; i++) total += left[i] * right[i];
        return Math.Clamp(total, 0, 1);
    }
}
