namespace FlowNexus.Engine.Problems;

/// <summary>Carries a <see cref="Problem"/> to the door that answers the caller.</summary>
public sealed class ProblemException(Problem problem, Exception? inner = null) : Exception(problem.Message, inner)
{
    public ProblemException(string code, string message) : this(new Problem(code, message)) { }

    public Problem Problem { get; } = problem;
}
