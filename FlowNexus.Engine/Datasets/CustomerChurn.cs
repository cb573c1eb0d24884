using System.Globalization;

namespace FlowNexus.Engine.Datasets;

/// <summary>A labelled table: whether a customer left. Learnable but not trivial, since chance has its part.</summary>
internal static class CustomerChurn
{
    public static DatasetRecipe Recipe { get; } = new(
        "customer_churn", "One labelled row per customer: tenure, usage, tickets, satisfaction, plan and whether the customer churned (column churned). For training and evaluating models.",
        [
            "customer_id", "segment", "region", "plan", "tenure_months", "monthly_spend", "logins_per_month", "support_tickets", "days_since_last_login",
            "satisfaction", "contract", "churned",
        ], Rows);

    private static IEnumerable<string[]> Rows()
    {
        var random = new SeededRandom(1789);
        foreach (var customer in Customer.All)
        {
            var tenure = 1 + random.Next(72);
            var monthly = random.Chance(0.55);
            var spend = Math.Round(customer.Segment switch { "Enterprise" => 420, "Small Business" => 140, _ => 38 } * customer.Spending, 2);
            var engagement = random.Normal();
            var logins = Math.Max(0, (int)Math.Round(14 + 7 * engagement + 2 * random.Normal()));
            var idle = Math.Max(0, (int)Math.Round(9 - 7 * engagement + 4 * random.Normal()));
            var tickets = (int)(-Math.Log(1 - random.NextDouble()) * (1.1 + (engagement < -0.5 ? 0.9 : 0)));
            var satisfaction = Math.Clamp((int)Math.Round(3.7 + 0.6 * engagement - 0.35 * tickets + 0.6 * random.Normal()), 1, 5);
            var risk = -1.9 + (monthly ? 1.5 : -0.8) - 0.03 * tenure - 0.12 * (logins - 14) + 0.075 * (idle - 9) + 0.45 * tickets - 0.75 * (satisfaction - 3.5);
            var churned = random.Chance(1 / (1 + Math.Exp(-1.6 * risk)));
            yield return
            [
                customer.Id, customer.Segment, customer.Region, customer.Segment == "Enterprise" ? "Scale" : random.Chance(0.6) ? "Starter" : "Team",
                Text(tenure), Text(spend), Text(logins), Text(tickets), Text(idle), Text(satisfaction), monthly ? "monthly" : "annual", churned ? "yes" : "no",
            ];
        }
    }

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
