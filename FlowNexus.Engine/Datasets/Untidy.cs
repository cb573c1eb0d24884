using System.Globalization;

namespace FlowNexus.Engine.Datasets;

/// <summary>Spoils orders the way exports, forms and merges do, so that cleaning has something to find.</summary>
internal static class Untidy
{
    private const int Date = 1, Segment = 3, Region = 4, Channel = 5, Units = 7, Price = 8, Discount = 9, Revenue = 10, Minutes = 11, Age = 13, Satisfaction = 14;

    public static IEnumerable<string[]> Rows(List<string[]> orders, int duplicates, SeededRandom random)
    {
        foreach (var row in orders)
            Spoil(row, random);
        // The same export appended twice: copies turn up a little after their originals.
        for (var copy = 0; copy < duplicates; copy++)
        {
            var original = random.Next(orders.Count);
            orders.Insert(Math.Min(orders.Count, original + 1 + random.Next(40)), [.. orders[original]]);
        }
        return orders;
    }

    private static void Spoil(string[] row, SeededRandom random)
    {
        foreach (var column in (ReadOnlySpan<int>)[Segment, Region, Channel])
        {
            if (random.Chance(0.06))
                row[column] = Respell(row[column], random);
        }
        Blank(row, Region, 0.012, random);
        Blank(row, Channel, 0.006, random);
        Blank(row, Revenue, 0.007, random);
        Blank(row, Age, 0.031, random);
        if (random.Chance(0.012))
            row[Date] = DateOnly.ParseExact(row[Date], "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);
        else if (random.Chance(0.003))
            row[Date] = random.Pick<string>(["", "unknown", "2024-02-30", "0000-00-00"]);
        if (random.Chance(0.004))
            row[Units] = random.Pick<string>(["-1", "-3", "-2"]);
        if (random.Chance(0.004))
            row[Age] = random.Pick<string>(["0", "-1", "199", "999"]);
        if (random.Chance(0.003))
            row[Discount] = random.Pick<string>(["150", "-10", "500"]);
        if (random.Chance(0.002) && row[Satisfaction].Length > 0)
            row[Satisfaction] = random.Pick<string>(["9", "0", "11"]);
        if (random.Chance(0.006) && double.TryParse(row[Revenue], CultureInfo.InvariantCulture, out var amount))
            row[Revenue] = random.Chance(0.5) ? "$" + amount.ToString("N2", CultureInfo.InvariantCulture) : amount.ToString("0.00", CultureInfo.InvariantCulture) + " USD";
        // A decimal point lost on the way.
        if (random.Chance(0.0022))
        {
            row[Price] = Hundredfold(row[Price]);
            row[Revenue] = Hundredfold(row[Revenue]);
        }
        // A tab left open over the weekend.
        if (random.Chance(0.0015))
            row[Minutes] = (600 + random.Next(3000)).ToString(CultureInfo.InvariantCulture);
    }

    private static string Respell(string text, SeededRandom random) => random.Next(5) switch
    {
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        2 => " " + text,
        3 => text + "  ",
        _ => text.Replace(" ", "  ", StringComparison.Ordinal),
    };

    private static void Blank(string[] row, int column, double chance, SeededRandom random)
    {
        if (random.Chance(chance))
            row[column] = random.Pick<string>(["", "", "", "N/A", "null", "-"]);
    }

    private static string Hundredfold(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var value) ? Math.Round(value * 100, 2).ToString(CultureInfo.InvariantCulture) : text;
}
