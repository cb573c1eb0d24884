using CsCheck;
using FlowNexus.Engine.Agents;
using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Agents.Taxonomy;

namespace FlowNexus.Tests.Agents.Matching;

public sealed class AgentMatcherPropertyTests
{
    private static readonly string[] SkillNames = [.. SkillTaxonomy.Default.Concepts.Select(concept => concept.Name)];

    private static readonly Gen<string> Skill = Gen.OneOf(SkillNames);

    private static readonly Gen<Agent> AnyAgent =
        Gen.Select(Gen.Int[0, 30], Gen.OneOf([.. FreshAgents.Types]), Skill.Array[0, 6], Gen.OneOf([.. ExperienceLevels.Names]), Gen.OneOf([.. AgentTiers.Names]), Gen.Int[0, 3_000_000], Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5]), Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200]))
            .Select((number, type, skills, level, tier, price, load, record) => new Agent
            {
                Id = $"agent_{number:00}",
                Type = type,
                Name = $"Agent {number}",
                Capabilities = [.. skills.Distinct()],
                ExperienceLevel = level,
                ExperienceScore = ExperienceScore.Of(level, record.Item1, record.Item2),
                Tier = tier,
                PriceMicro = price,
                Capacity = load.Item1,
                InFlight = load.Item2,
                Completed = record.Item1,
                Failed = record.Item2,
            });

    private static readonly Gen<IReadOnlyList<Agent>> Agents = AnyAgent.Array[0, 12].Select(agents => (IReadOnlyList<Agent>)[.. agents.DistinctBy(agent => agent.Id)]);

    private static readonly Gen<AgentRequest> AnyRequest =
        Gen.Select(Gen.OneOf("data_extraction", "Clean the extracted rows", "monthly totals per region", "nothing in particular", "x"), Gen.OneOf("", "researcher", "tester", "stranger"), Skill.Array[0, 2], Skill.Array[0, 3], Gen.OneOf([.. AgentTiers.Names]), Gen.Bool, Gen.Bool, Gen.Bool)
            .Select((name, type, hard, soft, tier, immediate, vectors, required) => new AgentRequest
            {
                StepName = name,
                AgentType = type.Length == 0 ? null : type,
                TypeRequired = required,
                Skills = [.. hard.Distinct()],
                SoftSkills = [.. soft.Distinct()],
                TierPreference = tier,
                Immediate = immediate,
                UseVectorSimilarity = vectors,
            });

    [Fact]
    public void Score_IsTheSumOfItsParts_Within0And1() =>
        Gen.Select(AnyRequest, Agents).Sample((request, agents) =>
        {
            var match = MatchKit.Matcher.Match(request, agents);
            if (match.Winner is null) return;
            foreach (var (score, parts) in match.Alternatives.Select(alternative => (alternative.Score, alternative.Parts)).Append((match.Score, match.Parts)))
            {
                Assert.InRange(score, 0, 1);
                Assert.Equal(score, parts.Sum(part => part.Weight * part.Value), 9);
                Assert.Equal(1, parts.Sum(part => part.Weight), 9);
                Assert.All(parts, part => Assert.InRange(part.Value, 0, 1));
            }
        }, iter: 1000);

    [Fact]
    public void Match_DoesNotDependOnTheOrderOfAgents_AndCountsEachOnce() =>
        Gen.Select(AnyRequest, Agents).Sample((request, agents) =>
        {
            var match = MatchKit.Matcher.Match(request, agents);
            var reversed = MatchKit.Matcher.Match(request, [.. agents.Reverse()]);
            Assert.Equal(match.Winner?.Id, reversed.Winner?.Id);
            Assert.Equal(match.Alternatives.Select(alternative => (alternative.Agent.Id, alternative.Reason)), reversed.Alternatives.Select(alternative => (alternative.Agent.Id, alternative.Reason)));
            Assert.Equal(agents.Count, match.Alternatives.Count + match.Excluded.Count + (match.Winner is null ? 0 : 1));
        }, iter: 500);

    [Fact]
    public void Score_WithOneMoreCapability_IsNeverLower() =>
        Gen.Select(AnyRequest, AnyAgent, Skill).Sample((request, agent, skill) =>
        {
            var before = MatchKit.Matcher.Judge(request, agent);
            var after = MatchKit.Matcher.Judge(request, agent with { Capabilities = [.. agent.Capabilities, skill] });
            Assert.True(after.Score >= before.Score - 1e-12, $"{skill}: {before.Score} → {after.Score}");
            if (before.Exclusion is null) Assert.Null(after.Exclusion);
        }, iter: 2000);

    [Fact]
    public void Winner_SatisfiesEveryCondition() =>
        Gen.Select(AnyRequest, Agents).Sample((request, agents) =>
        {
            if (MatchKit.Matcher.Match(request, agents).Winner is not { } winner) return;
            if (request.Immediate) Assert.True(winner.InFlight < winner.Capacity);
            if (request.TypeRequired && request.AgentType is { } type) Assert.Equal(type, winner.Type);
            Assert.All(request.Skills, skill => Assert.True(SkillCover.Covers(SkillTaxonomy.Default, winner.Capabilities, skill)));
        }, iter: 1000);

    [Fact]
    public void WouldWinIf_NamingTheType_IsTrue() =>
        Gen.Select(AnyRequest, Agents).Sample((request, agents) =>
        {
            var match = MatchKit.Matcher.Match(request, agents);
            foreach (var alternative in match.Alternatives)
            {
                Agent? changed = alternative.WouldWinIf switch
                {
                    { } text when text == "it were of tier " + request.TierPreference => alternative.Agent with { Tier = request.TierPreference },
                    { } text when text.StartsWith("it were a", StringComparison.Ordinal) => alternative.Agent with { Type = request.AgentType! },
                    { } text when text.StartsWith("it listed", StringComparison.Ordinal) => alternative.Agent with { Capabilities = [.. alternative.Agent.Capabilities, .. request.Skills, .. request.SoftSkills] },
                    _ => null,
                };
                if (changed is null) continue;
                var again = MatchKit.Matcher.Match(request, [.. agents.Where(agent => agent.Id != changed.Id), changed]);
                Assert.Equal(changed.Id, again.Winner!.Id);
            }
        }, iter: 1000);
}
