using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>How much there is, how it is spread over its owners, what moves together, what is missing.</summary>
internal static class SizeFindings
{
    public static Finding Rows(TableRoles roles)
    {
        var text = $"The findings rest on {roles.Table.RowCount:N0} rows";
        var figures = new JsonObject { ["rows"] = roles.Table.RowCount, ["outliers_set_aside"] = roles.OutliersSetAside };
        if (roles.Time?.Values.OfType<DateTime>().ToList() is { Count: > 0 } dates)
        {
            text += $" from {DateText.Format(dates.Min().Date)} to {DateText.Format(dates.Max().Date)}";
            figures["from"] = DateText.Format(dates.Min().Date);
            figures["to"] = DateText.Format(dates.Max().Date);
        }
        if (roles.OutliersSetAside > 0)
            text += $"; {roles.OutliersSetAside:N0} rows marked as outliers are set aside";
        return new Finding("basis", "Basis", text + ".", 1, figures);
    }

    public static Finding Total(TableRoles roles, Column measure)
    {
        var values = Numbers.Of(measure);
        Array.Sort(values);
        var name = Wording.Name(measure.Name);
        var (sum, mean, median) = (values.Sum(), Numbers.Mean(values), Numbers.Quantile(values, 0.5));
        var figures = new JsonObject
        {
            ["measure"] = measure.Name, ["sum"] = Math.Round(sum, 2), ["mean"] = Numbers.Tidy(mean), ["median"] = Numbers.Tidy(median), ["count"] = values.Length, ["missing"] = measure.MissingCount,
        };
        var middle = $"half of the values are at or below {Wording.Figure(median)}";
        var text = TableRoles.IsAdditive(measure)
            ? $"{Wording.Capital(name)} adds up to {Wording.Figure(sum)}: {Wording.Figure(mean)} on average over {values.Length:N0} rows, and {middle}."
            : $"{Wording.Capital(name)} is {Wording.Figure(mean)} on average over {values.Length:N0} rows, and {middle}.";
        if (roles.Entity is { } entity)
        {
            var entities = entity.Values.OfType<object>().Distinct().Count();
            figures["entities"] = entities;
            text += $" {entities:N0} different {Wording.Name(entity.Name)} values appear.";
        }
        return new Finding("total", $"Total {name}", text, 0.95, figures);
    }

    public static IEnumerable<Finding> Concentration(Column measure, Column entity)
    {
        if (!TableRoles.IsAdditive(measure))
            yield break;
        var totals = Enumerable.Range(0, entity.Values.Length)
            .Where(row => entity.Values[row] is not null && Numbers.TryDouble(measure.Values[row], out _))
            .GroupBy(row => entity.Values[row]!, row => Numbers.TryDouble(measure.Values[row], out var value) ? value : 0)
            .Select(group => group.Sum()).OrderDescending().ToList();
        var total = totals.Sum();
        if (totals.Count < 20 || total <= 0)
            yield break;
        var tenth = Math.Max(1, totals.Count / 10);
        var share = totals.Take(tenth).Sum() / total;
        yield return new Finding("concentration", "Concentration",
            $"The top 10 % by {Wording.Name(entity.Name)} ({tenth:N0} of {totals.Count:N0}) account for {Wording.Share(share)} of {Wording.Name(measure.Name)}.",
            0.45 + 0.4 * share,
            new JsonObject { ["entity"] = entity.Name, ["measure"] = measure.Name, ["entities"] = totals.Count, ["top"] = tenth, ["share"] = Math.Round(share, 4) });
    }

    public static IEnumerable<Finding> Correlations(TableRoles roles, CancellationToken cancellationToken) =>
        Correlation.Of([.. roles.Measures.Take(20)], cancellationToken).Where(pair => Math.Abs(pair.Coefficient) >= 0.3).Take(3).Select(pair =>
            new Finding("correlation", "Related figures",
                $"{Wording.Capital(Wording.Name(pair.First))} and {Wording.Name(pair.Second)} {(pair.Coefficient > 0 ? "rise together" : "move in opposite directions")} (r = {pair.Coefficient:0.00} over {pair.Rows:N0} rows).",
                0.3 + 0.3 * Math.Abs(pair.Coefficient), pair.ToJson()));

    public static IEnumerable<Finding> Gaps(TableRoles roles) =>
        roles.Table.Columns.Where(column => roles.Table.RowCount > 0 && column.MissingCount > 0.05 * roles.Table.RowCount)
            .OrderByDescending(column => column.MissingCount).Take(3).Select(column =>
            {
                var share = (double)column.MissingCount / roles.Table.RowCount;
                return new Finding("quality", "Gaps", $"{Wording.Capital(Wording.Name(column.Name))} is missing in {column.MissingCount:N0} rows ({Wording.Share(share)}); figures about it rest on the others.",
                    0.2 + 0.2 * share, new JsonObject { ["column"] = column.Name, ["missing"] = column.MissingCount, ["share"] = Math.Round(share, 4) });
            });
}
