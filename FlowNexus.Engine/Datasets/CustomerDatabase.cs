using System.Globalization;

namespace FlowNexus.Engine.Datasets;

/// <summary>The master data of the customers the other datasets speak of.</summary>
internal static class CustomerDatabase
{
    public static DatasetRecipe Recipe { get; } = new(
        "customer_database", "The customers themselves: name, e-mail, segment, region, country, age, sign-up date, plan. Joins the other datasets on customer_id.",
        ["customer_id", "first_name", "last_name", "email", "segment", "region", "country", "age", "signup_date", "plan", "newsletter"], Rows);

    private static IEnumerable<string[]> Rows()
    {
        var random = new SeededRandom(31);
        foreach (var customer in Customer.All)
        {
            var plan = customer.Segment switch
            {
                "Enterprise" => random.Chance(0.7) ? "Scale" : "Team",
                "Small Business" => random.Chance(0.65) ? "Team" : "Starter",
                _ => random.Chance(0.8) ? "Starter" : "Free",
            };
            var email = $"{customer.FirstName}.{customer.LastName}.{customer.Id[1..]}@example.com".ToLowerInvariant();
            yield return
            [
                customer.Id, customer.FirstName, customer.LastName, random.Chance(0.008) ? email.Replace("@", "", StringComparison.Ordinal) : random.Chance(0.01) ? "" : email,
                customer.Segment, customer.Region, random.Chance(0.03) ? customer.Country.ToUpperInvariant() : customer.Country,
                random.Chance(0.02) ? "" : customer.Age.ToString(CultureInfo.InvariantCulture),
                customer.SignedUp.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), plan, random.Chance(0.4) ? "yes" : "no",
            ];
        }
    }
}
