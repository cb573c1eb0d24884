using FlowNexus.Engine.Datasets;

namespace FlowNexus.Engine.Agents.BuiltIn.Learning;

/// <summary>Draws the rows that a model must not see.</summary>
internal static class HoldOut
{
    /// <param name="count">Rows.</param>
    /// <param name="share">Share held out, 0 to 1; at least one row on each side when there are two.</param>
    /// <param name="seed">Same seed, same split.</param>
    public static (List<int> Train, List<int> Test) Split(int count, double share, ulong seed)
    {
        var rows = Enumerable.Range(0, count).ToArray();
        new SeededRandom(seed).Shuffle(rows);
        var held = count < 2 ? 0 : Math.Clamp((int)Math.Round(share * count), 1, count - 1);
        return ([.. rows.Skip(held).Order()], [.. rows.Take(held).Order()]);
    }
}
