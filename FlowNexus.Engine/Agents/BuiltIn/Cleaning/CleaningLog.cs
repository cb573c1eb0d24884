using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Counts what was done, by action and column, in the order it was done.</summary>
internal sealed class CleaningLog
{
    private readonly List<Entry> _entries = [];

    /// <param name="action">What was done, as a stable word: <c>trimmed</c>, <c>duplicates_dropped</c>.</param>
    /// <param name="column">Null for whole rows.</param>
    /// <param name="count">Cells or rows; nothing is logged for 0.</param>
    /// <param name="rule">Why, for people.</param>
    public void Add(string action, string? column, int count, string rule)
    {
        if (count > 0)
            _entries.Add(new Entry(action, column, count, rule));
    }

    public int Total(string action) => _entries.Where(entry => entry.Action == action).Sum(entry => entry.Count);

    /// <summary>Cells changed, without rows dropped or marked.</summary>
    public int Total(params ReadOnlySpan<string> actions)
    {
        var total = 0;
        foreach (var action in actions)
            total += Total(action);
        return total;
    }

    /// <summary>One line for each thing that was done.</summary>
    public void Tell(StepLog log)
    {
        foreach (var entry in _entries)
            log.Info($"{entry.Rule} ({entry.Count:N0} {(entry.Column is null ? "rows" : $"cells of {entry.Column}")})", new JsonObject { ["action"] = entry.Action, ["column"] = entry.Column, ["count"] = entry.Count });
    }

    public JsonArray ToJson() =>
    [
        .. _entries.Select(entry => new JsonObject { ["action"] = entry.Action, ["column"] = entry.Column, ["count"] = entry.Count, ["rule"] = entry.Rule }),
    ];

    /// <summary>By column: what happened to it, how often.</summary>
    public JsonObject ByColumn()
    {
        var columns = new JsonObject();
        foreach (var group in _entries.Where(entry => entry.Column is not null).GroupBy(entry => entry.Column!, StringComparer.Ordinal))
        {
            var counts = new JsonObject();
            foreach (var entry in group)
                counts[entry.Action] = (counts[entry.Action]?.GetValue<int>() ?? 0) + entry.Count;
            columns[group.Key] = counts;
        }
        return columns;
    }

    private sealed record Entry(string Action, string? Column, int Count, string Rule);
}
