using FlowNexus.Engine.Agents.Matching;
using FlowNexus.Engine.Agents.Taxonomy;
using FlowNexus.Engine.Agents.Vectors;

namespace FlowNexus.Tests.Agents.Matching;

/// <summary>Measures and gates the embedder; docs/matching.md publishes the same numbers.</summary>
public sealed class SkillRecallTests(ITestOutputHelper output)
{
    private static readonly string[] Skills = [.. SkillTaxonomy.Default.Concepts.Where(concept => !concept.IsBroad).Select(concept => concept.Name)];

    [Fact]
    public void ChosenEmbedder_OnHeldOutSteps_FindsTheSkill()
    {
        var tuning = Recall(EmbedderShares.Chosen, LabelledSteps.Tuning);
        var heldOut = Recall(EmbedderShares.Chosen, LabelledSteps.HeldOut);
        output.WriteLine($"recall@1 tuning {tuning:P1}, held out {heldOut:P1}, other words {Recall(EmbedderShares.Chosen, LabelledSteps.OtherwiseHeldOut):P1}");
        Assert.True(heldOut >= 0.95, $"recall@1 on the held-out steps fell to {heldOut:P1}");
    }

    [Fact]
    public void ChosenEmbedder_OnHeldOutSteps_IsNotWorseThanTheOtherVariants()
    {
        var chosen = Recall(EmbedderShares.Chosen, LabelledSteps.HeldOut);
        (string Name, EmbedderShares Shares)[] others =
            [("words", EmbedderShares.WordsOnly), ("n-grams", EmbedderShares.GramsOnly), ("words and n-grams", EmbedderShares.WordsAndGrams), ("taxonomy", EmbedderShares.ConceptsOnly)];
        foreach (var (name, shares) in others)
        {
            var recall = Recall(shares, LabelledSteps.HeldOut);
            output.WriteLine($"{name}: tuning {Recall(shares, LabelledSteps.Tuning):P1}, held out {recall:P1}, other words {Recall(shares, LabelledSteps.OtherwiseHeldOut):P1}");
            Assert.True(chosen >= recall, $"{name} alone reaches {recall:P1}, the chosen embedder {chosen:P1}");
        }
    }

    [Fact]
    public void Selection_OfHeldOutStepsAboutNothingKnown_Refuses()
    {
        var search = Search(EmbedderShares.Chosen);
        var strangers = LabelledSteps.HeldOut.Where(step => step.Skill == "none").ToList();
        var taken = strangers.Where(step => Skills.Max(skill => search.Nearness(step.Text, skill)) >= SkillSelector.Least).ToList();
        output.WriteLine($"about nothing known: {taken.Count} of {strangers.Count} got a skill");
        Assert.True(taken.Count <= 1, $"{taken.Count} of {strangers.Count} got a skill: {string.Join("; ", taken.Select(step => step.Text))}");
    }

    [Fact]
    public void Selection_OfStepsInOtherWords_IsMoreOftenRightThanWrong()
    {
        var search = Search(EmbedderShares.Chosen);
        foreach (var (name, set) in new[] { ("tuning", LabelledSteps.OtherwiseTuning), ("held out", LabelledSteps.OtherwiseHeldOut) })
        {
            var outcomes = set.Select(step => (step, Best: Best(search, step.Text))).ToList();
            var right = outcomes.Count(item => item.Best.Score >= SkillSelector.Least && item.Best.Skill == item.step.Skill);
            var wrong = outcomes.Count(item => item.Best.Score >= SkillSelector.Least && item.Best.Skill != item.step.Skill);
            output.WriteLine($"other words, {name}: {right} right, {wrong} wrong, {outcomes.Count - right - wrong} refused of {outcomes.Count}");
            Assert.True(right >= wrong, $"{name}: {right} right, {wrong} wrong");
        }
    }

    private static double Recall(EmbedderShares shares, IReadOnlyList<(string Skill, string Text)> steps)
    {
        var search = Search(shares);
        var known = steps.Where(step => step.Skill != "none").ToList();
        return (double)known.Count(step => Best(search, step.Text).Skill == step.Skill) / known.Count;
    }

    private static (string Skill, double Score) Best(SkillSearch search, string text) =>
        Skills.Select(skill => (skill, search.Nearness(text, skill))).OrderByDescending(item => item.Item2).ThenBy(item => item.skill, StringComparer.Ordinal).First();

    private static SkillSearch Search(EmbedderShares shares) => new(SkillTaxonomy.Default, new SkillEmbedder(SkillTaxonomy.Default, shares));
}
