using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.Matching;

/// <summary>Which skill a step gets, or why none.</summary>
/// <param name="Skill">Null when <paramref name="Problem"/> says why.</param>
/// <param name="Method"><c>named</c> in the settings, or <c>matched</c> by name and description.</param>
/// <param name="Ranked">The skills it was chosen from, nearest first.</param>
public sealed record SkillChoice(ISkill? Skill, string Method, IReadOnlyList<SkillNearness> Ranked, Problem? Problem = null);

/// <param name="Score">0 to 1.</param>
public sealed record SkillNearness(ISkill Skill, double Score);
