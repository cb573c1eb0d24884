namespace FlowNexus.Engine.Agents.Taxonomy;

/// <summary>One thing that can be asked for.</summary>
/// <param name="Name">The word in settings and capabilities.</param>
/// <param name="Title">For people, in lower case: "data analysis".</param>
/// <param name="Phrases">Words for it; those with <see cref="Phrase.Weight"/> below 1 are shared with other skills.</param>
/// <param name="Covers">Names of the narrower skills a broad one stands for; empty for a skill that runs.</param>
public sealed record SkillConcept(string Name, string Title, IReadOnlyList<Phrase> Phrases, IReadOnlyList<string> Covers)
{
    public bool IsBroad => Covers.Count > 0;
}

/// <param name="Weight">1 means this skill alone; less is a hint.</param>
public sealed record Phrase(string Text, float Weight);
