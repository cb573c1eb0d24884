namespace FlowNexus.Engine.Expressions.Preview;

/// <summary>Something an expression can use.</summary>
/// <param name="Path">As it is written in an expression: <c>steps.extract.output.rows</c>.</param>
/// <param name="Kind">text, number, boolean, list, object or null; empty when no past execution tells.</param>
/// <param name="Sample">A short text of its value in the past execution; null when there is none.</param>
public sealed record DataInReach(string Path, string Kind, string? Sample);
