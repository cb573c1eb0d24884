using FlowNexus.Engine.Storage.Journal;

namespace FlowNexus.Engine.Storage.Postgres;

/// <summary>
/// The writes of independent entries, gathered by statement. What one transition does to one row, or to rows of one
/// owner, keeps its order: each change of statement begins a later layer.
/// </summary>
internal sealed class StatementPlan
{
    private readonly List<SortedDictionary<int, StatementRows>> _layers = [];
    private readonly SortedDictionary<int, StatementRows> _folded = [];
    private readonly Dictionary<(string Table, string First), Place> _places = [];
    private readonly WriteKeys _keys = new();

    /// <summary>Layer by layer; within one the order does not matter.</summary>
    public IEnumerable<StatementRows> Ordered => _layers.SelectMany(layer => layer.Values);

    /// <summary>To run one by one after <see cref="Ordered"/>.</summary>
    public List<(JournalEntry Entry, Write Write)> InTurn { get; } = [];

    /// <summary>Additions, last because many nodes meet at the same rows.</summary>
    public IEnumerable<StatementRows> Folded => _folded.Values;

    /// <summary>The fences: first writes that decide whether anything of their transition happens.</summary>
    public static IReadOnlyCollection<StatementRows> Fences(IReadOnlyList<JournalEntry> entries)
    {
        var fences = new SortedDictionary<int, StatementRows>();
        foreach (var entry in entries)
            if (HasFence(entry)) At(fences, entry.Transition.Writes[0].Statement).Add(entry, entry.Transition.Writes[0]);
        return fences.Values;
    }

    /// <summary>Everything behind the fences of <paramref name="entries"/>.</summary>
    public static StatementPlan Behind(IReadOnlyList<JournalEntry> entries)
    {
        var plan = new StatementPlan();
        foreach (var entry in entries) plan.Add(entry);
        return plan;
    }

    private static bool HasFence(JournalEntry entry) =>
        entry.Transition.Writes is [{ WhenNoRow: not null, Statement: { InTurn: false, Folds: null } }, ..];

    private static StatementRows At(SortedDictionary<int, StatementRows> layer, Statement statement)
    {
        if (!layer.TryGetValue(statement.Id, out var rows)) layer[statement.Id] = rows = new StatementRows(statement);
        return rows;
    }

    private void Add(JournalEntry entry)
    {
        _places.Clear();
        var writes = entry.Transition.Writes;
        for (var i = HasFence(entry) ? 1 : 0; i < writes.Count; i++)
        {
            var statement = writes[i].Statement;
            if (statement.InTurn) InTurn.Add((entry, writes[i]));
            else if (statement.Folds is not null) At(_folded, statement).Add(entry, writes[i]);
            else At(Layer(LayerOf(writes[i])), statement).Add(entry, writes[i]);
        }
    }

    private int LayerOf(Write write)
    {
        if (write.Statement.Keys == 0) return 0;
        var (first, full) = _keys.Of(write);
        var key = (write.Statement.Table, first);
        if (!_places.TryGetValue(key, out var place)) _places[key] = place = new Place { Statement = write.Statement };
        else if (place.Statement != write.Statement || place.Rows.Contains(full)) place.Next(write.Statement);
        place.Rows.Add(full);
        return place.Layer;
    }

    private SortedDictionary<int, StatementRows> Layer(int number)
    {
        while (_layers.Count <= number) _layers.Add([]);
        return _layers[number];
    }

    /// <summary>Where a transition's last write to one owner's rows of a table went.</summary>
    private sealed class Place
    {
        public required Statement Statement { get; set; }

        public int Layer { get; private set; }

        public HashSet<string> Rows { get; } = new(StringComparer.Ordinal);

        public void Next(Statement statement)
        {
            Statement = statement;
            Layer++;
            Rows.Clear();
        }
    }
}
