using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>Which columns say when, what kind and how much. Choices given by the author win; the rest follows from kinds, names and distinct counts.</summary>
public sealed record ColumnRoles(Column? Date, IReadOnlyList<Measure> Measures, IReadOnlyList<Column> Categories)
{
    /// <summary>Most values a column may have to be a category.</summary>
    public const int MaxCategoryValues = 1000;

    /// <summary>The one the report is about: the first numeric column worth it, else the records.</summary>
    public Measure Main => Measures.Count > 0 ? Measures[0] : Measure.Records;

    public static ColumnRoles Of(Table table, ReportChoices choices)
    {
        var date = choices.Date is { } named && table.TryColumn(named) is { Kind: ColumnKind.Date } chosen
            ? chosen
            : table.Columns.Where(column => column.Kind == ColumnKind.Date).OrderBy(column => column.MissingCount).FirstOrDefault();
        var measures = table.Columns
            .Where(column => column.Kind is ColumnKind.Number or ColumnKind.Integer && !IsIdentifier(column) && HasValues(column))
            .Select((column, index) => (column, Rank: Is(column, choices.Measure) ? -1 : Rank(column), index))
            .OrderBy(entry => entry.Rank).ThenBy(entry => entry.index)
            .Select(entry => new Measure(entry.column, IsAdditive(entry.column, choices), Decimals(entry.column)))
            .ToList();
        var categories = choices.Categories.Count > 0
            ? [.. choices.Categories.Select(table.TryColumn).OfType<Column>()]
            : table.Columns.Where(column => column.Kind is ColumnKind.Text or ColumnKind.Boolean && IsCategory(column)).ToList();
        return new ColumnRoles(date, measures, categories);
    }

    private static bool Is(Column column, string? name) => column.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int Rank(Column column) =>
        ColumnWords.Has(column.Name, "revenue", "sales", "turnover", "amount", "total", "income", "gmv") ? 0
        : ColumnWords.Has(column.Name, "value", "spend", "cost", "costs", "profit", "price", "net", "gross") ? 1
        : column.Kind == ColumnKind.Number ? 2 : 3;

    private static bool IsAdditive(Column column, ReportChoices choices) => choices.Aggregate switch
    {
        "sum" => true,
        "mean" => false,
        _ => !ColumnWords.Has(column.Name, "rate", "ratio", "percent", "pct", "%", "share", "score", "age", "price", "avg", "average", "mean", "median",
            "temperature", "temp", "margin", "index", "rating", "latitude", "longitude", "lat", "lon", "lng", "probability", "humidity", "pressure", "speed", "bmi"),
    };

    /// <summary>A number that names rather than measures.</summary>
    public static bool IsIdentifier(Column column) =>
        ColumnWords.Has(column.Name, "id", "ids", "key", "code", "zip", "postcode", "phone", "year", "month", "day", "week", "quarter", "hour", "latitude", "longitude", "lat", "lon", "lng")
        || (column.Kind == ColumnKind.Integer && IsRunningNumber(column));

    /// <summary>Every value one more than the one before: a row number, not a quantity.</summary>
    private static bool IsRunningNumber(Column column)
    {
        if (column.Values.Length < 3) return false;
        for (var row = 1; row < column.Values.Length; row++)
        {
            if (column.Values[row] is not long now || column.Values[row - 1] is not long before || now != before + 1) return false;
        }
        return true;
    }

    private static bool HasValues(Column column) => column.Values.Any(value => Measure.Number(value) is not null);

    private static bool IsCategory(Column column)
    {
        var present = column.Values.Length - column.MissingCount;
        var most = Math.Min(MaxCategoryValues, Math.Max(present / 2, Math.Min(12, present - 1)));
        var distinct = new HashSet<object>();
        foreach (var value in column.Values)
        {
            if (value is not null && distinct.Add(value) && distinct.Count > most) return false;
        }
        return distinct.Count >= 2;
    }

    private static int Decimals(Column column)
    {
        if (column.Kind == ColumnKind.Integer) return 0;
        var places = 0;
        foreach (var value in column.Values)
        {
            if (Measure.Number(value) is not { } number) continue;
            if (Math.Abs(number - Math.Round(number, 1)) > 1e-9) return 2;
            if (Math.Abs(number - Math.Round(number)) > 1e-9) places = 1;
        }
        return places;
    }
}

/// <summary>What the author of the step decided; null and empty leave it to the data.</summary>
/// <param name="Aggregate"><c>sum</c> or <c>mean</c>.</param>
public sealed record ReportChoices(string? Title, string? Date, string? Measure, string? Aggregate, IReadOnlyList<string> Categories)
{
    public static readonly ReportChoices None = new(null, null, null, null, []);
}
