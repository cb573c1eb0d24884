namespace FlowNexus.Tests.Executions.Patterns;

/// <summary>The test that shows how one of the 43 workflow control-flow patterns (Russell, ter Hofstede, van der Aalst, Mulyar 2006) is written here.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PatternAttribute(int number, string name, Verdict verdict, string reason) : Attribute
{
    public int Number { get; } = number;

    public string Name { get; } = name;

    public Verdict Verdict { get; } = verdict;

    public string Reason { get; } = reason;
}

/// <summary>How well a pattern is supported.</summary>
public enum Verdict { Direct, Workaround, Not }
