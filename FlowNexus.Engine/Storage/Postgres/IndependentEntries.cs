using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// Which entries of a group may run statement by statement instead of one after the other: no two may write the same
/// row, unless what they do to it is an addition. Together they have no more events than a transaction has positions for.
/// </summary>
internal static class IndependentEntries
{
    /// <summary>Positions that belong to one transaction; the migration Positions holds the other end of it.</summary>
    public const int MaxEvents = 1 << 14;

    /// <returns>The first that do not meet, and the rest, each in their order. Two that meet keep theirs.</returns>
    public static (List<JournalEntry> Now, List<JournalEntry> Later) Split(IReadOnlyList<JournalEntry> entries)
    {
        var claimed = new HashSet<(string Table, string Key)>();
        var keys = new WriteKeys();
        List<(string, string)> own = [];
        List<JournalEntry> now = [];
        List<JournalEntry> later = [];
        var events = 0;
        foreach (var entry in entries)
        {
            own.Clear();
            foreach (var write in entry.Transition.Writes)
                if (Claims(write.Statement)) own.Add((write.Statement.Table, keys.Of(write).Full));
            events += entry.Transition.Events.Count + (entry.Transition.AdminEvents?.Count ?? 0);
            var waits = own.Exists(claimed.Contains) || (events > MaxEvents && now.Count > 0);
            (waits ? later : now).Add(entry);
            claimed.UnionWith(own);
        }

        return (now, later);
    }

    /// <summary>A plain insert that meets another fails by itself; additions and statements that run in turn may meet.</summary>
    private static bool Claims(Statement statement) =>
        statement is { Folds: null, InTurn: false } and not { Insert.OnConflict: OnConflict.Fail };
}
