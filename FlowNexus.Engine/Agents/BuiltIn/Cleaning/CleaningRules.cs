using FlowNexus.Engine.Agents.BuiltIn.Skills;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>What a cleaning does; the defaults never invent a value.</summary>
internal sealed record CleaningRules
{
    public bool DropDuplicates { get; init; } = true;

    /// <summary>Give categories that differ only in case and spacing one spelling.</summary>
    public bool NormaliseCategories { get; init; } = true;

    /// <summary><c>mark</c> adds a column <c>is_outlier</c>; <c>drop</c>, <c>cap</c> or <c>keep</c>.</summary>
    public string Outliers { get; init; } = "mark";

    /// <summary>
    /// By column, <c>*</c> for the rest: <c>keep</c>, <c>drop</c>, <c>mean</c>, <c>median</c>, <c>mode</c>, or <c>value:…</c>.
    /// Without an entry, a category becomes "Unknown", a row without a date is dropped, and numbers stay missing.
    /// </summary>
    public IReadOnlyDictionary<string, string> Missing { get; init; } = new Dictionary<string, string>();

    /// <summary>Possible values by column; columns not listed are judged by their names.</summary>
    public IReadOnlyDictionary<string, Bounds> Ranges { get; init; } = new Dictionary<string, Bounds>();

    public static CleaningRules From(SkillSettings settings)
    {
        var missing = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (settings.Node("missing") is System.Text.Json.Nodes.JsonObject byColumn)
        {
            foreach (var (column, rule) in byColumn)
                missing[column] = MissingRule(rule?.ToString() ?? "");
        }
        else if (settings.Text("missing") is { } all and not "auto")
        {
            missing["*"] = MissingRule(all);
        }
        var ranges = new Dictionary<string, Bounds>(StringComparer.OrdinalIgnoreCase);
        foreach (var (column, range) in settings.Object("ranges") ?? [])
        {
            ranges[column] = new Bounds(Bound(range?["min"], column), Bound(range?["max"], column), "as set");
        }
        return new CleaningRules
        {
            DropDuplicates = settings.Choice("duplicates", "drop", "drop", "keep") == "drop",
            NormaliseCategories = settings.Choice("case", "auto", "auto", "keep") == "auto",
            Outliers = settings.Choice("outliers", "mark", "mark", "drop", "cap", "keep"),
            Missing = missing,
            Ranges = ranges,
        };
    }

    private static string MissingRule(string rule) =>
        rule is "keep" or "drop" or "mean" or "median" or "mode" || rule.StartsWith("value:", StringComparison.Ordinal)
            ? rule
            : throw SkillSettings.Wrong("missing", $"'{rule}' is not known", ["auto", "keep", "drop", "mean", "median", "mode", "value:<text>"]);

    private static double? Bound(System.Text.Json.Nodes.JsonNode? node, string column) => node is null ? null
        : double.TryParse(node.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture, out var bound) ? bound
        : throw SkillSettings.Wrong("ranges", $"'{node.ToJsonString()}' of '{column}' is not a number");
}

/// <summary>Lowest and highest possible value, both included, and why.</summary>
internal sealed record Bounds(double? Min, double? Max, string Reason)
{
    public bool Contains(double value) => (Min is null || value >= Min) && (Max is null || value <= Max);

    public override string ToString() => (Min, Max) switch
    {
        ({ } min, { } max) => $"{min} to {max}",
        ({ } min, null) => $"at least {min}",
        (null, { } max) => $"at most {max}",
        _ => "anything",
    };
}
