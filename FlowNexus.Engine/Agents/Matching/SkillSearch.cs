using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Finds the skills nearest to a text.</summary>
public sealed class SkillSearch(SkillTaxonomy taxonomy, ITextEmbedder embedder)
{
    /// <summary>How near the text is to a skill, 0 to 1: the nearest of the skill's phrases counts.</summary>
    public double Nearness(string text, string skill) => Nearness(text, PhrasesOf(skill));

    /// <summary>The same for a skill somebody added: what the taxonomy does not know is known by the skill's own words.</summary>
    public double Nearness(string text, ISkill skill) =>
        Nearness(text, taxonomy.TryGet(skill.Name) is null ? [skill.Name, skill.Title, skill.Description, .. skill.Aliases] : PhrasesOf(skill.Name));

    private double Nearness(string text, IEnumerable<string> phrases)
    {
        if (string.IsNullOrWhiteSpace(text)) return 0;
        var vector = embedder.Embed(text);
        return phrases.Max(phrase => Similarity.Of(vector, embedder.Embed(phrase)));
    }

    private IEnumerable<string> PhrasesOf(string skill) =>
        taxonomy.Resolve(skill) is not { } concept ? [skill]
        : concept.IsBroad ? concept.Covers.SelectMany(PhrasesOf)
        : concept.Phrases.Where(phrase => phrase.Weight == 1).Select(phrase => phrase.Text).Prepend(concept.Title);
}
