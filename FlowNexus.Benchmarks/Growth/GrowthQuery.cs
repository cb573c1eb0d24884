namespace FlowNexus.Benchmarks.Growth;

/// <summary>A page somebody opens, with every address it is asked under in turn.</summary>
/// <param name="Judged">It has to be answered within the limit; the others are shown beside it.</param>
internal sealed record GrowthQuery(string Id, string Title, bool Judged, IReadOnlyList<string> Paths);
