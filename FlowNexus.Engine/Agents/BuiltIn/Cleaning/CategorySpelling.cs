using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Gives categories that differ only in case one spelling: the most frequent.</summary>
internal static class CategorySpelling
{
    private const int MostCategories = 200;

    public static Column Apply(Column column, CleaningLog log)
    {
        if (column.Kind != ColumnKind.Text)
            return column;
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var value in column.Values)
        {
            if (value is string text)
                counts[text] = counts.GetValueOrDefault(text) + 1;
        }
        var groups = counts.GroupBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase).ToList();
        // In a column of names or free text, case may carry meaning.
        if (groups.Count > MostCategories || groups.Count > counts.Values.Sum() / 3)
            return column;
        var spelling = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            var usual = group.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).First().Key;
            foreach (var (text, _) in group.Where(pair => pair.Key != usual))
                spelling[text] = usual;
        }
        if (spelling.Count == 0)
            return column;
        log.Add("spelling_unified", column.Name, spelling.Keys.Sum(text => counts[text]), $"{spelling.Count} spellings of {spelling.Values.Distinct().Count()} categories became one each");
        return column with { Values = Array.ConvertAll(column.Values, value => value is string text && spelling.TryGetValue(text, out var usual) ? usual : value) };
    }
}
