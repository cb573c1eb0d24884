namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Makes column names usable: trimmed, never empty, unique without regard to case.</summary>
public static class ColumnNames
{
    public static IReadOnlyList<string> Unique(IReadOnlyList<string> names)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var unique = new List<string>(names.Count);
        for (var index = 0; index < names.Count; index++)
        {
            var stem = string.IsNullOrWhiteSpace(names[index]) ? $"column_{index + 1}" : names[index].Trim();
            var name = stem;
            for (var suffix = 2; !taken.Add(name); suffix++)
                name = $"{stem}_{suffix}";
            unique.Add(name);
        }
        return unique;
    }
}
