namespace FlowNexus.Engine.Agents;

/// <summary>How far an agent can be trusted to complete a task, learned from what became of its tasks.</summary>
/// <remarks>
/// A smoothed success rate: <c>(prior × 20 + completed) / (20 + completed + failed)</c>. The prior is what the
/// registered level promises (beginner 0.55, intermediate 0.70, advanced 0.80, expert 0.88) and weighs as much as 20
/// tasks: a new agent starts at its prior, after 20 tasks both count the same, after some hundred its record decides.
/// Always within 0 and 1; one more completed task never lowers it, one more failed task never raises it.
/// </remarks>
public static class ExperienceScore
{
    private const double PriorTasks = 20;

    /// <param name="level">An unknown word counts as beginner.</param>
    /// <param name="completed">Tasks completed; 0 or more.</param>
    /// <param name="failed">Tasks failed by the agent's own doing; 0 or more.</param>
    public static double Of(string level, long completed, long failed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(completed);
        ArgumentOutOfRangeException.ThrowIfNegative(failed);
        var prior = Prior(ExperienceLevels.TryParse(level, out var known) ? known : ExperienceLevel.Beginner);
        return ((prior * PriorTasks) + completed) / (PriorTasks + completed + failed);
    }

    /// <summary>The score of an agent that has not done anything yet.</summary>
    public static double Prior(ExperienceLevel level) => level switch
    {
        ExperienceLevel.Expert => 0.88,
        ExperienceLevel.Advanced => 0.80,
        ExperienceLevel.Intermediate => 0.70,
        _ => 0.55,
    };
}
