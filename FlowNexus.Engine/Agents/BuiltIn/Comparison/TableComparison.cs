using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Findings;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Comparison;

/// <summary>One difference between two tables.</summary>
/// <param name="Column">The column.</param>
/// <param name="Figure"><c>mean</c> of numbers, or the share of a value.</param>
/// <param name="First">In the first table.</param>
/// <param name="Second">In the second.</param>
/// <param name="Effect">How big: in standard deviations for means, in share points for shares.</param>
internal sealed record Difference(string Column, string Figure, double First, double Second, double Effect)
{
    public string Text => Figure == "mean"
        ? $"{Wording.Name(Column)} averages {Wording.Figure(Second)} against {Wording.Figure(First)} ({Wording.Change(First == 0 ? 0 : Second / First - 1)})."
        : $"{Wording.Name(Column)} is {Figure} in {Wording.Share(Second)} against {Wording.Share(First)} of the rows.";

    public JsonObject ToJson() => new()
    {
        ["column"] = Column, ["figure"] = Figure, ["first"] = Numbers.Tidy(First), ["second"] = Numbers.Tidy(Second),
        ["change"] = First == 0 ? null : Math.Round(Second / First - 1, 4), ["effect"] = Math.Round(Effect, 4), ["text"] = Text,
    };
}

/// <summary>Finds the differences between two tables, the largest first.</summary>
internal static class TableComparison
{
    private const double SmallestEffect = 0.02;

    public static IReadOnlyList<Difference> Of(Table first, Table second, CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        foreach (var column in first.Columns)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (second.TryColumn(column.Name) is not { } other)
                continue;
            if (column.IsNumeric() && other.IsNumeric())
                differences.AddRange(Means(column, other));
            else if (ColumnProfile.Of(column).IsCategory || ColumnProfile.Of(other).IsCategory)
                differences.AddRange(Mix(column, other));
        }
        return [.. differences.Where(difference => Math.Abs(difference.Effect) >= SmallestEffect).OrderByDescending(difference => Math.Abs(difference.Effect))];
    }

    /// <summary>Rows added, removed, changed and equal, told apart by a key column.</summary>
    public static JsonObject ByKey(Table first, Table second, string key)
    {
        var before = Index(first, key);
        var after = Index(second, key);
        var shared = first.Columns.Where(column => second.TryColumn(column.Name) is not null).ToList();
        var both = before.Keys.Where(after.ContainsKey).ToList();
        var changed = both.Count(id => shared.Exists(column => CellText.Format(column.Values[before[id]]) != CellText.Format(second.TryColumn(column.Name)!.Values[after[id]])));
        return new JsonObject { ["added"] = after.Keys.Count(id => !before.ContainsKey(id)), ["removed"] = before.Count - both.Count, ["changed"] = changed, ["equal"] = both.Count - changed };
    }

    public static Table ToTable(string name, IReadOnlyList<Difference> differences) => new(name,
    [
        new Column("column", ColumnKind.Text, [.. differences.Select(difference => difference.Column)]),
        new Column("figure", ColumnKind.Text, [.. differences.Select(difference => difference.Figure)]),
        new Column("first", ColumnKind.Number, [.. differences.Select(difference => (object)Numbers.Tidy(difference.First))]),
        new Column("second", ColumnKind.Number, [.. differences.Select(difference => (object)Numbers.Tidy(difference.Second))]),
        new Column("effect", ColumnKind.Number, [.. differences.Select(difference => (object)Math.Round(difference.Effect, 4))]),
    ]);

    private static Dictionary<string, int> Index(Table table, string key)
    {
        var column = table.Required(key, "key");
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var row = 0; row < table.RowCount; row++)
        {
            if (CellText.Format(column.Values[row]) is { } id)
                index[id] = row;
        }
        return index;
    }

    private static IEnumerable<Difference> Means(Column first, Column second)
    {
        double[] one = Numbers.Of(first), two = Numbers.Of(second);
        if (one.Length == 0 || two.Length == 0)
            yield break;
        double before = Numbers.Mean(one), after = Numbers.Mean(two);
        double[] pooled = [.. one, .. two];
        var deviation = Numbers.Deviation(pooled, Numbers.Mean(pooled));
        if (deviation > 0)
            yield return new Difference(first.Name, "mean", before, after, (after - before) / deviation);
    }

    private static IEnumerable<Difference> Mix(Column first, Column second)
    {
        var before = Shares(first);
        var after = Shares(second);
        return before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(value => new Difference(first.Name, value, before.GetValueOrDefault(value), after.GetValueOrDefault(value), after.GetValueOrDefault(value) - before.GetValueOrDefault(value)))
            .OrderByDescending(difference => Math.Abs(difference.Effect)).Take(3);
    }

    private static Dictionary<string, double> Shares(Column column)
    {
        var present = column.Values.OfType<object>().Select(value => CellText.Format(value)!).ToList();
        return present.GroupBy(text => text, StringComparer.Ordinal).ToDictionary(group => group.Key, group => (double)group.Count() / present.Count, StringComparer.Ordinal);
    }
}
