using System.Collections.Concurrent;
using FlowNexus.Engine.Agents.Taxonomy;

namespace FlowNexus.Engine.Agents.Vectors;

/// <summary>
/// The offline embedder: three parts side by side, each with its share of the length. First one place for each skill of
/// the taxonomy, filled by the phrases the text contains; then hashed word stems; then hashed pieces of words. The first
/// part stays short when only hints were found, so that a text about nothing known is near to nothing.
/// docs/matching.md has the measurements behind the shares.
/// </summary>
public sealed class SkillEmbedder : ITextEmbedder
{
    private const int WordPlaces = 512;
    private const int GramPlaces = 1024;
    private const int MostRemembered = 8192;

    private readonly ConceptReader _concepts;
    private readonly EmbedderShares _shares;
    private readonly ConcurrentDictionary<string, float[]> _remembered = new();

    public SkillEmbedder() : this(SkillTaxonomy.Default, EmbedderShares.Chosen) { }

    internal SkillEmbedder(SkillTaxonomy taxonomy, EmbedderShares shares)
    {
        _concepts = new ConceptReader(taxonomy);
        _shares = shares;
    }

    public int Dimensions => _concepts.Concepts.Count + WordPlaces + GramPlaces;

    /// <remarks>Recent texts are remembered: the same few thousand names and capabilities come again and again.</remarks>
    public float[] Embed(string text)
    {
        if (_remembered.TryGetValue(text, out var known)) return known;
        var vector = Compute(text);
        if (_remembered.Count < MostRemembered) _remembered.TryAdd(text, vector);
        return vector;
    }

    private float[] Compute(string text)
    {
        var words = Words.Of(text, ordered: text.Contains(' '));
        var vector = new float[Dimensions];
        var concepts = vector.AsSpan(0, _concepts.Concepts.Count);
        _concepts.Read(words).CopyTo(concepts);
        var strongest = 0f;
        foreach (var strength in concepts) strongest = Math.Max(strongest, strength);
        HashedFeatures.Scale(concepts, Math.Sqrt(_shares.Concepts) * Math.Min(1, strongest));
        var stems = vector.AsSpan(concepts.Length, WordPlaces);
        HashedFeatures.AddWords(words, stems);
        HashedFeatures.Scale(stems, Math.Sqrt(_shares.Words));
        var grams = vector.AsSpan(concepts.Length + WordPlaces);
        HashedFeatures.AddGrams(words, grams);
        HashedFeatures.Scale(grams, Math.Sqrt(_shares.Grams));
        return vector;
    }
}

/// <summary>What each part of a vector contributes to a similarity; together 1.</summary>
internal sealed record EmbedderShares(double Concepts, double Words, double Grams)
{
    public static EmbedderShares Chosen { get; } = new(0.7, 0.15, 0.15);

    public static EmbedderShares WordsOnly { get; } = new(0, 1, 0);

    public static EmbedderShares GramsOnly { get; } = new(0, 0, 1);

    public static EmbedderShares WordsAndGrams { get; } = new(0, 0.5, 0.5);

    public static EmbedderShares ConceptsOnly { get; } = new(1, 0, 0);
}
