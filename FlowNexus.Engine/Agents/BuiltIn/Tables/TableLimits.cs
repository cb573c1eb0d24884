namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>How much a table may hold in memory; more is refused with a clear error rather than truncated.</summary>
/// <param name="Rows">Most rows.</param>
/// <param name="Columns">Most columns.</param>
/// <param name="Bytes">Most bytes of the source text.</param>
public sealed record TableLimits(int Rows, int Columns, long Bytes)
{
    public static TableLimits Default { get; } = new(1_000_000, 1_000, 256L * 1024 * 1024);
}
