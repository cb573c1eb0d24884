using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Finds the skills nearest to a text.</summary>
public sealed class SkillSearch(SkillTaxonomy taxonomy, ITextEmbedder embedder)
{
    /// <summary>How near the text is to a skill, 0 to 1: the nearest of the skill's phrases counts.</summary>
    public double Nearness(string text, string skill)
    {
        var vector = embedder.Embed(text);
        return PhrasesOf(skill).Max(phrase => Similarity.Of(vector, embedder.Embed(phrase)));
    }

    private IEnumerable<string> PhrasesOf(string skill) =>
        taxonomy.Resolve(skill) is not { } concept ? [skill]
        : concept.IsBroad ? concept.Covers.SelectMany(PhrasesOf)
        : concept.Phrases.Where(phrase => phrase.Weight == 1).Select(phrase => phrase.Text).Prepend(concept.Title);
}
