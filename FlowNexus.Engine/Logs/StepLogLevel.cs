using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Logs;

/// <summary>How much a line matters.</summary>
public enum StepLogLevel { Debug, Info, Warning, Error }

/// <summary>Levels as the API spells them.</summary>
public static class StepLogLevels
{
    public static readonly IReadOnlyList<string> Words = ["debug", "info", "warning", "error"];

    public static string Word(this StepLogLevel level) => Words[(int)level];

    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static StepLogLevel Read(string field, string word)
    {
        Allowed.One(field, word, Words);
        return (StepLogLevel)Words.ToList().IndexOf(word);
    }
}
