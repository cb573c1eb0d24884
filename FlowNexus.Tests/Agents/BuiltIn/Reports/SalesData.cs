using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

/// <summary>Sales of the first quarter of 2024 as a shop might have them: growth, weekends, regions of different weight, a few large orders, gaps.</summary>
internal static class SalesData
{
    private static readonly (string Name, double Weight)[] Regions = [("West", 34), ("North", 27), ("South", 22), ("East", 17)];
    private static readonly (string Name, double Weight)[] Segments = [("Enterprise", 12), ("Mid-market", 28), ("Small business", 41), ("Public sector", 8), ("Education", 11)];
    private static readonly (string Name, double Weight)[] Channels = [("Web shop", 52), ("Partner", 21), ("Field sales", 15), ("Telephone", 8), ("Marketplace", 4)];

    public static Table Make(int rows = 4000, int seed = 20240101)
    {
        var random = new Random(seed);
        var start = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var columns = new Dictionary<string, (ColumnKind Kind, object?[] Values)>
        {
            ["order_id"] = (ColumnKind.Integer, new object?[rows]),
            ["order_date"] = (ColumnKind.Date, new object?[rows]),
            ["region"] = (ColumnKind.Text, new object?[rows]),
            ["segment"] = (ColumnKind.Text, new object?[rows]),
            ["channel"] = (ColumnKind.Text, new object?[rows]),
            ["customer"] = (ColumnKind.Text, new object?[rows]),
            ["units"] = (ColumnKind.Integer, new object?[rows]),
            ["revenue"] = (ColumnKind.Number, new object?[rows]),
            ["returned"] = (ColumnKind.Boolean, new object?[rows]),
        };
        for (var row = 0; row < rows; row++)
        {
            int day;
            do day = random.Next(91);
            while (random.NextDouble() > (0.55 + (0.45 * day / 91)) * (start.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.5 : 1));
            var segment = Pick(random, Segments);
            var units = 1 + (int)(random.NextDouble() * random.NextDouble() * (segment == "Enterprise" ? 60 : 14));
            var price = segment == "Enterprise" ? 180 : 42 + (random.NextDouble() * 30);
            columns["order_id"].Values[row] = 100_000L + row;
            columns["order_date"].Values[row] = start.AddDays(day);
            columns["region"].Values[row] = Pick(random, Regions);
            columns["segment"].Values[row] = segment;
            columns["channel"].Values[row] = random.NextDouble() < 0.006 ? null : Pick(random, Channels);
            columns["customer"].Values[row] = $"Customer {1 + (int)(Math.Pow(random.NextDouble(), 2.4) * 320):000}";
            columns["units"].Values[row] = random.NextDouble() < 0.003 ? null : (long)units;
            columns["revenue"].Values[row] = Math.Round(units * price * (0.9 + (random.NextDouble() * 0.2)), 2);
            columns["returned"].Values[row] = random.NextDouble() < 0.06;
        }
        return new Table("customer_analytics", [.. columns.Select(pair => new Column(pair.Key, pair.Value.Kind, pair.Value.Values))]);
    }

    public static IReadOnlyList<ProcessingStep> Processing { get; } =
    [
        new("data_extraction", "extract", "Read 4,112 rows from the data set customer_analytics.", [new("rows_read", 4112), new("columns", 9)]),
        new("data_processing", "clean", "Removed duplicate rows, trimmed text and mended dates.", [new("duplicates_removed", 87), new("rows_dropped", 25), new("cells_trimmed", 412), new("dates_mended", 133)]),
    ];

    public static ReportProvenance Provenance { get; } = new(
        "Customer analytics pipeline", 3, "exec_01j8x9q3zk4w7m2v5t6y8b0c1d", "report_generation", "customer_analytics", "2024-Q1",
        "5f2c1b9a0e7d4f3c8b6a5d4e3f2c1b0a9f8e7d6c5b4a39281706f5e4d3c2b1a0", new DateTimeOffset(2024, 4, 2, 9, 0, 0, TimeSpan.Zero));

    public static ReportModel Model(Table? table = null, ReportChoices? choices = null) =>
        ReportBuilder.Build(table ?? Make(), Processing, choices ?? ReportChoices.None, Provenance, "Customer analytics");

    public static byte[] Csv(Table table)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', table.Columns.Select(column => Quote(column.Name))).Append('\n');
        for (var row = 0; row < table.RowCount; row++)
            text.AppendJoin(',', table.Columns.Select(column => Quote(column.Values[row]))).Append('\n');
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Quote(object? value) => value switch
    {
        null => "",
        DateTime date => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"\"{value.ToString()!.Replace("\"", "\"\"", StringComparison.Ordinal)}\"",
    };

    private static string Pick(Random random, (string Name, double Weight)[] choices)
    {
        var at = random.NextDouble() * choices.Sum(choice => choice.Weight);
        foreach (var (name, weight) in choices)
        {
            if ((at -= weight) < 0) return name;
        }
        return choices[^1].Name;
    }
}
