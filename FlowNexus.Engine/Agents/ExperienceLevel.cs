namespace FlowNexus.Engine.Agents;

/// <summary>What an agent is registered as, lowest first; a requirement means "at least".</summary>
public enum ExperienceLevel { Beginner, Intermediate, Advanced, Expert }

/// <summary>The words for <see cref="ExperienceLevel"/>.</summary>
public static class ExperienceLevels
{
    public static readonly IReadOnlyList<string> Names = ["beginner", "intermediate", "advanced", "expert"];

    public static string Word(this ExperienceLevel level) => Names[(int)level];

    /// <summary>False for a word that is none of <see cref="Names"/>; then the level is the lowest.</summary>
    public static bool TryParse(string? word, out ExperienceLevel level)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (!string.Equals(Names[i], word, StringComparison.OrdinalIgnoreCase)) continue;
            level = (ExperienceLevel)i;
            return true;
        }

        level = ExperienceLevel.Beginner;
        return false;
    }
}
