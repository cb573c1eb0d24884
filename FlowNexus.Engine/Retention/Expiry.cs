namespace FlowNexus.Engine.Retention;

/// <summary>Kinds that expire at the same age, so that an execution is visited once for all of them.</summary>
internal sealed record Expiry(Pruned Kinds, TimeSpan Age)
{
    /// <summary>The youngest age first. A kind that is kept for ever is not among them.</summary>
    public static IReadOnlyList<Expiry> Of(RetentionOptions options) =>
    [
        .. new (Pruned Kind, double Days)[] { (Pruned.Rows, options.ExecutionsDays), (Pruned.Events, options.EventsDays), (Pruned.Files, options.ArtifactsDays) }
            .Where(one => one.Days > 0)
            .GroupBy(one => one.Days, one => one.Kind)
            .OrderBy(group => group.Key)
            .Select(group => new Expiry(group.Aggregate((all, kind) => all | kind), TimeSpan.FromDays(group.Key))),
    ];
}
