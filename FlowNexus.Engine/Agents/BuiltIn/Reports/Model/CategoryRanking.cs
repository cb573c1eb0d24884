using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>A measure by the values of a column, largest first; rows without a value are counted as "(missing)".</summary>
public sealed record CategoryRanking(Column Column, Measure Measure, IReadOnlyList<CategoryEntry> Entries)
{
    public const string Missing = "(missing)";

    public string Words => ColumnWords.Of(Column.Name);

    public string Label => ColumnWords.Label(Column.Name);

    public double Total => Whole ?? Entries.Sum(entry => entry.Value);

    /// <summary>What shares are shares of, when some entries were left out.</summary>
    public double? Whole { get; init; }

    /// <summary>Shares say something: the measure adds up and nothing is negative.</summary>
    public bool HasShares => Measure.Additive && Total > 0 && Entries.All(entry => entry.Value >= 0);

    public static CategoryRanking Of(Column column, Measure measure)
    {
        var tallies = new Dictionary<string, Tally>(StringComparer.Ordinal);
        for (var row = 0; row < column.Values.Length; row++)
        {
            var name = column.Values[row] switch
            {
                null => Missing,
                string text => text,
                bool flag => flag ? "yes" : "no",
                var other => CellDisplay.Of(other, 2),
            };
            tallies.TryGetValue(name, out var tally);
            tally.Add(measure.At(row));
            tallies[name] = tally;
        }
        var entries = tallies
            .Where(pair => measure.Additive || pair.Value.Values > 0)
            .Select(pair => new CategoryEntry(pair.Key, pair.Value.Of(measure), pair.Value.Mean, pair.Value.Rows))
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Name, StringComparer.Ordinal);
        return new CategoryRanking(column, measure, [.. entries]);
    }

    public double Share(CategoryEntry entry) => entry.Value / Total;
}

public sealed record CategoryEntry(string Name, double Value, double Mean, int Rows);
