namespace FlowNexus.Engine.Datasets;

/// <summary>One made-up customer, shared by the shipped datasets so that they can be joined on <c>customer_id</c>.</summary>
internal sealed record Customer(string Id, string FirstName, string LastName, string Segment, string Region, string Country, int Age, DateOnly SignedUp, double Spending)
{
    public static readonly string[] Segments = ["Consumer", "Small Business", "Enterprise"];

    public static readonly string[] Regions = ["North America", "Europe", "Asia Pacific", "Latin America", "Middle East & Africa"];

    private static readonly string[][] Countries =
    [
        ["United States", "Canada"], ["Germany", "France", "United Kingdom", "Spain", "Poland"], ["Japan", "Australia", "India", "Singapore"],
        ["Brazil", "Mexico", "Chile"], ["South Africa", "United Arab Emirates", "Kenya"],
    ];

    private static readonly string[] FirstNames =
    [
        "Amara", "Anna", "Ben", "Carlos", "Chen", "Daria", "Elena", "Emil", "Fatima", "Grace", "Hana", "Ines", "Ivan", "Jonas", "Kaito", "Lea", "Liam",
        "Maria", "Mei", "Noah", "Olga", "Omar", "Priya", "Rafael", "Sara", "Tomas", "Uma", "Viktor", "Yara", "Zoe",
    ];

    private static readonly string[] LastNames =
    [
        "Almeida", "Bauer", "Costa", "Dubois", "Evans", "Fischer", "Garcia", "Haddad", "Ito", "Jansen", "Kim", "Kowalski", "Lopez", "Mbeki", "Moreau",
        "Nakamura", "Okafor", "Patel", "Rossi", "Schmidt", "Silva", "Singh", "Smith", "Tan", "Weber", "Young",
    ];

    public static IReadOnlyList<Customer> All { get; } = Make();

    private static Customer[] Make()
    {
        var random = new SeededRandom(20240101);
        var customers = new Customer[2400];
        for (var index = 0; index < customers.Length; index++)
        {
            var segment = random.Weighted([0.62, 0.27, 0.11]);
            var region = random.Weighted([0.34, 0.29, 0.2, 0.1, 0.07]);
            var age = Math.Clamp((int)Math.Round(41 + 12.5 * random.Normal()), 18, 84);
            var signedUp = new DateOnly(2019, 1, 1).AddDays(random.Next(2100));
            var spending = Math.Exp(0.55 * random.Normal());
            customers[index] = new Customer($"C{10001 + index}", random.Pick(FirstNames), random.Pick(LastNames), Segments[segment], Regions[region],
                random.Pick(Countries[region]), age, signedUp, spending);
        }
        return customers;
    }
}
