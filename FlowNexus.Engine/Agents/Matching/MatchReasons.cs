using FlowNexus.Engine.Agents.Taxonomy;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Says in words why one agent is before another.</summary>
internal sealed class MatchReasons(AgentRequest request, SkillTaxonomy taxonomy, MatchScoring scoring)
{
    /// <summary>Contributions nearer than this are the same to a reader.</summary>
    private const double Noticeable = 0.002;
    private const double High = 0.75;

    /// <summary>For example "High data analysis skills, but lower web scraping experience".</summary>
    public string Losing(AgentFit winner, AgentFit other)
    {
        var behind = Behind(winner, other).Take(2).Select(name => Deficit(name, winner, other)).ToList();
        if (behind.Count == 0) return $"As good as {winner.Agent.Name}, which comes first by id.";
        var strength = Strength(winner, other);
        var deficits = Wording.List(behind);
        return Wording.Sentence(strength is null ? deficits : $"{strength}, but {deficits}");
    }

    /// <summary>The smallest single change, largest deficit first, that would put it before the winner.</summary>
    public string? WouldWinIf(AgentFit winner, AgentFit other)
    {
        var gap = winner.Score - other.Score;
        foreach (var name in Behind(winner, other))
        {
            var part = Part(other, name);
            var needed = part.Value + (gap / part.Weight);
            if (needed >= 1) continue;
            return name switch
            {
                "type" => $"it were {Wording.A(request.AgentType!)}",
                "skills" => $"it listed {Wording.List([.. scoring.Coverage(other.Agent).Where(item => item.Degree < 1).Select(item => taxonomy.TitleOf(item.Skill))])}",
                "experience" => $"its experience score were above {Wording.Number(needed)}",
                "availability" => "more of its places were free",
                "tier" => $"it were of tier {request.TierPreference}",
                "price" => $"it cost less than {AgentPrices.Text((long)(AgentPrices.Credit * ((1 / needed) - 1)))} a task",
                _ => $"it had a skill nearer to the step than {Wording.Number(needed)}",
            };
        }

        return null;
    }

    /// <summary>Why the winner, and when it is not of the preferred type, why nobody of that type.</summary>
    public string Winning(AgentFit winner, IReadOnlyList<AgentFit> others, IReadOnlyList<Exclusion> excluded)
    {
        var strongest = winner.Parts.Where(part => part.Name is not ("price" or "availability")).OrderByDescending(part => part.Contribution).Take(2).Select(part => part.Reason);
        var why = $"{winner.Agent.Name} {string.Join(", and ", strongest)}.";
        if (request.AgentType is not { } preferred || winner.Agent.Type == preferred) return why;
        if (others.FirstOrDefault(other => other.Agent.Type == preferred) is { } best)
            return $"{why} The best {preferred}, {best.Agent.Name}, scores {Wording.Number(best.Score)} against {Wording.Number(winner.Score)}: {Losing(winner, best)}.";
        var out_ = excluded.Where(exclusion => exclusion.Agent.Type == preferred).Select(exclusion => $"{exclusion.Agent.Name} {exclusion.Reason}").ToList();
        return out_.Count == 0 ? $"{why} There is no {preferred}." : $"{why} No {preferred} can do it: {string.Join("; ", out_)}.";
    }

    private static IEnumerable<string> Behind(AgentFit winner, AgentFit other) =>
        winner.Parts.Select(part => (part.Name, Lead: part.Contribution - Part(other, part.Name).Contribution))
            .Where(item => item.Lead > Noticeable).OrderByDescending(item => item.Lead).Select(item => item.Name);

    private string? Strength(AgentFit winner, AgentFit other)
    {
        var weaker = Weaker(winner, other);
        var strong = scoring.Coverage(other.Agent).Where(item => item.Degree >= High).Select(item => taxonomy.TitleOf(item.Skill)).Except(weaker).ToList();
        if (strong.Count > 0 && weaker.Count > 0) return $"high {Wording.List(strong)} skills";
        var ahead = other.Parts.Select(part => (part.Name, Lead: part.Contribution - Part(winner, part.Name).Contribution))
            .Where(item => item.Lead > Noticeable).OrderByDescending(item => item.Lead).Select(item => item.Name).FirstOrDefault();
        return ahead switch
        {
            "type" => $"of the preferred type {request.AgentType}",
            "skills" => "better covered skills",
            "similarity" => "nearer to what the step says",
            "experience" => $"more experience ({Wording.Number(Part(other, ahead).Value)})",
            "availability" => "less busy",
            "tier" => $"of the preferred tier {request.TierPreference}",
            "price" => $"cheaper ({AgentPrices.Text(other.Agent.PriceMicro)})",
            _ => null,
        };
    }

    private string Deficit(string part, AgentFit winner, AgentFit other) => part switch
    {
        "type" => $"{Wording.A(other.Agent.Type)}, not {Wording.A(request.AgentType!)}",
        "skills" => $"lower {Wording.List(Weaker(winner, other))} experience",
        "similarity" => $"its skills are farther from what the step says ({Wording.Number(Part(other, part).Value)} against {Wording.Number(Part(winner, part).Value)})",
        "experience" => $"less experience ({Wording.Number(Part(other, part).Value)} against {Wording.Number(Part(winner, part).Value)})",
        "availability" => $"busier ({Part(other, part).Reason})",
        "tier" => $"tier {other.Agent.Tier} instead of {winner.Agent.Tier}",
        _ => $"{AgentPrices.Text(other.Agent.PriceMicro)} a task instead of {AgentPrices.Text(winner.Agent.PriceMicro)}",
    };

    private List<string> Weaker(AgentFit winner, AgentFit other) =>
        [.. scoring.Coverage(winner.Agent).Zip(scoring.Coverage(other.Agent)).Where(pair => pair.Second.Degree < pair.First.Degree).Select(pair => taxonomy.TitleOf(pair.First.Skill))];

    private static MatchPart Part(AgentFit fit, string name) => fit.Parts.First(part => part.Name == name);
}
