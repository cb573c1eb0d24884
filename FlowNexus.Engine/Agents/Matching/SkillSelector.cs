using System.Text.Json;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Problems;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Chooses the skill that does a step. The same step and skills give the same choice.</summary>
public sealed class SkillSelector(SkillTaxonomy taxonomy, SkillSearch search)
{
    /// <summary>Nearer than this, or the step is about something else; measured in docs/matching.md.</summary>
    public const double Least = 0.25;

    /// <summary>Two skills this near to each other are not told apart.</summary>
    private const double Margin = 0.01;

    /// <summary>"Prepare data" fetches when there is nothing yet and cleans when there is.</summary>
    private const double OutOfPlace = 0.95;

    private const double SameWord = 0.95;
    private const double NameShare = 0.25;
    private const string Source = "extract";
    private const int Nearest = 3;

    /// <param name="offered">Skills of the agent that does the step.</param>
    /// <param name="hasData">Whether an earlier step or the input holds a table; null when that is not known yet.</param>
    public SkillChoice Choose(StepDefinition step, IReadOnlyList<ISkill> offered, bool? hasData = null)
    {
        var ranked = Rank(step, offered, hasData);
        if (Named(step) is { } word)
        {
            var named = Find(word, offered);
            return named is null
                ? new SkillChoice(null, "named", ranked, NotOffered(step, word, offered, ranked))
                : new SkillChoice(named, "named", ranked);
        }

        var best = ranked.Count > 0 ? ranked[0] : null;
        if (best is null || best.Score < Least)
            return new SkillChoice(null, "matched", ranked, Unsuitable(step, ranked, offered.Count == 0 ? "the agent has no skill that runs here" : "no skill is near to what it says"));
        if (ranked.Count > 1 && best.Score - ranked[1].Score < Margin)
            return new SkillChoice(null, "matched", ranked, Unsuitable(step, ranked, $"'{best.Skill.Name}' and '{ranked[1].Skill.Name}' fit equally well"));
        return new SkillChoice(best.Skill, "matched", ranked);
    }

    /// <summary>The word in the setting <c>skill</c>, if any.</summary>
    public static string? Named(StepDefinition step) =>
        step.Setting("skill") is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>().Trim() is { Length: > 0 } word ? word : null;

    /// <summary>The skill a word means: its name, another word of its own, or one of the taxonomy.</summary>
    public ISkill? Find(string word, IReadOnlyList<ISkill> skills)
    {
        var key = SkillTaxonomy.Key(word);
        return skills.FirstOrDefault(skill => skill.Name == word)
            ?? skills.FirstOrDefault(skill => skill.Aliases.Any(alias => SkillTaxonomy.Key(alias) == key))
            ?? (taxonomy.Resolve(word) is { IsBroad: false } concept ? skills.FirstOrDefault(skill => skill.Name == concept.Name) : null);
    }

    /// <summary>The skills an agent has, of those that run here.</summary>
    public IReadOnlyList<ISkill> Offered(Agent agent, IEnumerable<ISkill> skills) =>
        [.. skills.Where(skill => SkillCover.Covers(taxonomy, agent.Capabilities, skill.Name))];

    private List<SkillNearness> Rank(StepDefinition step, IReadOnlyList<ISkill> offered, bool? hasData) =>
    [
        .. offered.Select(skill => new SkillNearness(skill, Score(step, skill, hasData)))
            .OrderByDescending(item => item.Score).ThenBy(item => item.Skill.Name, StringComparer.Ordinal),
    ];

    private double Score(StepDefinition step, ISkill skill, bool? hasData)
    {
        var name = Nearness(step.Name, skill);
        var score = string.IsNullOrWhiteSpace(step.Description) ? name : Described(Nearness(step.Description, skill), name);
        return hasData is { } data && (skill.Name == Source) == data ? score * OutOfPlace : score;
    }

    /// <summary>The description decides; the name helps where the description says little.</summary>
    private static double Described(double description, double name) =>
        Math.Max(description, (description * (1 - NameShare)) + (name * NameShare));

    private double Nearness(string text, ISkill skill)
    {
        var near = search.Nearness(text, skill);
        var key = SkillTaxonomy.Key(text);
        return near < SameWord && skill.Aliases.Any(alias => SkillTaxonomy.Key(alias) == key) ? SameWord : near;
    }

    private static Problem NotOffered(StepDefinition step, string word, IReadOnlyList<ISkill> offered, IReadOnlyList<SkillNearness> ranked) =>
        Problem($"Step '{step.Name}' names the skill '{word}', which its agent does not have. It has: {Names(offered)}. Choose another agent type, or another skill.", ranked);

    private static Problem Unsuitable(StepDefinition step, IReadOnlyList<SkillNearness> ranked, string why) =>
        Problem($"No skill could be chosen for step '{step.Name}': {why}. Nearest: {string.Join(", ", ranked.Take(Nearest).Select(item => $"{item.Skill.Name} ({Wording.Number(item.Score)})"))}. Say more in the step's description, or name a skill: \"config\": {{\"skill\": \"{(ranked.Count > 0 ? ranked[0].Skill.Name : "extract")}\"}}.", ranked);

    private static Problem Problem(string message, IReadOnlyList<SkillNearness> ranked) => new(ProblemCodes.NoSuitableSkill, message)
    {
        Details = [new ProblemDetail("/config/skill", "no_suitable_skill", message) { Allowed = [.. ranked.Select(item => item.Skill.Name)], Hint = "Name a skill in config.skill." }],
        Facts = new JsonObject
        {
            ["nearest"] = new JsonArray([.. ranked.Take(Nearest).Select(item => new JsonObject { ["skill"] = item.Skill.Name, ["title"] = item.Skill.Title, ["score"] = Math.Round(item.Score, 4) })]),
        },
    };

    private static string Names(IReadOnlyList<ISkill> skills) => skills.Count == 0 ? "none that runs here" : string.Join(", ", skills.Select(skill => skill.Name));
}
