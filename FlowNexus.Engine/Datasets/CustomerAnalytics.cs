using System.Globalization;

namespace FlowNexus.Engine.Datasets;

/// <summary>
/// Two years of orders with the session that led to each. The business grows, moves to mobile, peaks before Christmas,
/// and loses Latin America in spring 2024; the file is as untidy as such exports are.
/// </summary>
internal static class CustomerAnalytics
{
    private const int RowCount = 15_420;
    private const int DuplicateCount = 231;

    private static readonly string[] Header =
    [
        "order_id", "order_date", "customer_id", "segment", "region", "channel", "product_category", "units", "unit_price", "discount_pct",
        "revenue", "session_minutes", "pages_viewed", "customer_age", "satisfaction", "returned",
    ];

    private static readonly string[] Channels = ["Web", "Mobile App", "Partner", "Call Center"];
    private static readonly string[] Categories = ["Analytics Suite", "Data Connectors", "Training", "Support Plan", "Hardware"];
    private static readonly double[] BasePrice = [189, 64, 120, 85, 310];

    public static DatasetRecipe Recipe { get; } = new(
        "customer_analytics",
        "Customer orders and the sessions that led to them, 2023 and 2024: date, segment, region, channel, category, units, price, revenue, satisfaction, returns. "
        + "Untidy on purpose: duplicates, gaps, mixed spelling, impossible values, outliers.",
        Header, () => Untidy.Rows(Orders(RowCount - DuplicateCount, 42), DuplicateCount, new SeededRandom(4242)));

    public static DatasetRecipe SmallSample { get; } = new(
        "small_sample", "Fifty orders of the same shape as customer_analytics, to try a workflow with.",
        Header, () => Untidy.Rows(Orders(48, 7), 2, new SeededRandom(77)));

    private static List<string[]> Orders(int count, ulong seed)
    {
        var random = new SeededRandom(seed);
        var days = OrderDays(count, random);
        var rows = new List<string[]>(count);
        for (var index = 0; index < count; index++)
        {
            var date = days[index];
            rows.Add(Order(100_001 + index, date, PickCustomer(date, random), random));
        }
        return rows;
    }

    private static DateOnly[] OrderDays(int count, SeededRandom random)
    {
        var first = new DateOnly(2023, 1, 1);
        var weights = new double[731];
        for (var day = 0; day < weights.Length; day++)
        {
            var date = first.AddDays(day);
            var season = date.Month switch { 11 => 1.35, 12 => 1.5, 1 => 0.85, 7 or 8 => 0.82, _ => 1.0 };
            var week = date.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.6 : 1.1;
            weights[day] = season * week * (1 + 0.42 * day / 731);
        }
        var days = new DateOnly[count];
        for (var index = 0; index < count; index++)
            days[index] = first.AddDays(random.Weighted(weights));
        Array.Sort(days);
        return days;
    }

    private static Customer PickCustomer(DateOnly date, SeededRandom random)
    {
        while (true)
        {
            var customer = random.Pick(Customer.All);
            var lost = customer.Region == "Latin America" && date >= new DateOnly(2024, 2, 15) && date < new DateOnly(2024, 7, 1) && random.Chance(0.45);
            if (!lost && random.Chance(customer.Segment == "Enterprise" ? 1 : 0.8))
                return customer;
        }
    }

    private static string[] Order(int id, DateOnly date, Customer customer, SeededRandom random)
    {
        var progress = (date.DayNumber - new DateOnly(2023, 1, 1).DayNumber) / 731.0;
        var channel = random.Weighted([0.52 - 0.16 * progress, 0.22 + 0.24 * progress, 0.15, 0.11 - 0.06 * progress]);
        var category = random.Weighted(customer.Segment == "Enterprise" ? [0.38, 0.2, 0.12, 0.2, 0.1] : [0.3, 0.27, 0.16, 0.17, 0.1]);
        var size = customer.Segment switch { "Enterprise" => 7.5, "Small Business" => 3.2, _ => 1.4 };
        var units = 1 + (int)(size * -Math.Log(1 - random.NextDouble()) * 0.8);
        var price = Math.Round(BasePrice[category] * (0.9 + 0.2 * random.NextDouble()) * (1 + 0.04 * progress) * Math.Pow(customer.Spending, 0.35), 2);
        var discount = random.Chance(0.38) ? 5 * random.Next(1, customer.Segment == "Enterprise" ? 7 : 5) : 0;
        var revenue = Math.Round(units * price * (1 - discount / 100.0), 2);
        var minutes = Math.Round(Math.Exp(2.1 + 0.6 * random.Normal()) * (channel == 1 ? 0.7 : 1), 1);
        var pages = Math.Max(1, (int)Math.Round(minutes * 0.9 + 2.5 * random.Normal()));
        var returned = random.Chance(0.035 + 0.0035 * discount + (category == 4 ? 0.06 : 0));
        var mood = 4.25 - (returned ? 1.5 : 0) - (channel == 3 ? 0.5 : 0) + (channel == 1 ? 0.1 : 0) + 0.75 * random.Normal();
        var satisfaction = random.Chance(0.18) ? "" : Text(Math.Clamp((int)Math.Round(mood), 1, 5));
        return
        [
            $"O{id}", date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), customer.Id, customer.Segment, customer.Region, Channels[channel],
            Categories[category], Text(units), Text(price), Text(discount), Text(revenue), Text(minutes), Text(pages), Text(customer.Age), satisfaction,
            returned ? "true" : "false",
        ];
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
