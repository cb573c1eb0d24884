namespace FlowNexus.Engine.Agents.Taxonomy;

/// <summary>How far a list of capabilities covers a skill.</summary>
public static class SkillCover
{
    private const double Narrowest = 0.6;
    private const double Widest = 0.9;

    /// <summary>
    /// 1 when the skill, or another word for it, is listed. A broad skill whose narrower ones are listed is covered from
    /// 0.6 (one of many) to 0.9 (all); a narrow skill of which only a broad one is listed, 0.6. 0 is not at all. More
    /// capabilities never give less.
    /// </summary>
    public static double Degree(SkillTaxonomy taxonomy, IReadOnlyList<string> capabilities, string skill)
    {
        var wanted = taxonomy.Resolve(skill);
        var key = SkillTaxonomy.Key(skill);
        var listed = capabilities.Select(capability => (Concept: taxonomy.Resolve(capability), Key: SkillTaxonomy.Key(capability))).ToList();
        if (listed.Any(item => item.Key == key || (wanted is not null && item.Concept == wanted))) return 1;
        if (wanted is null) return 0;
        var narrower = wanted.Covers.Count(name => listed.Any(item => item.Concept?.Name == name));
        if (narrower > 0) return Narrowest + ((Widest - Narrowest) * narrower / wanted.Covers.Count);
        return listed.Any(item => item.Concept?.Covers.Contains(wanted.Name) == true) ? Narrowest : 0;
    }

    /// <summary>Whether the capabilities name a skill that runs outright, or a broad one that covers it.</summary>
    public static bool Covers(SkillTaxonomy taxonomy, IReadOnlyList<string> capabilities, string skill) => Degree(taxonomy, capabilities, skill) > 0;
}
