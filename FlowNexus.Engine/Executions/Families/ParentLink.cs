namespace FlowNexus.Engine.Executions.Families;

/// <summary>Which step of which execution starts an execution.</summary>
/// <param name="Item">Of a loop; -1 for the step itself.</param>
/// <param name="Depth">Executions above the new one.</param>
/// <param name="Awaited">The parent waits for its end.</param>
public sealed record ParentLink(string ExecutionId, int Ordinal, int Item, int Attempt, int Depth, bool Awaited)
{
    /// <summary>Deepest nesting of executions.</summary>
    public const int MaxDepth = 20;

    /// <summary>The same attempt starts the same execution, however often a crash makes it ask.</summary>
    public string Key => $"{ExecutionId}:{Ordinal}:{Item}:{Attempt}";
}
