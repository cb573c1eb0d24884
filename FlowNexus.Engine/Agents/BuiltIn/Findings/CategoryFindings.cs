using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>Which groups carry the measure, and which gained or lost weight over the period.</summary>
internal static class CategoryFindings
{
    private const double WorthSaying = 0.03;

    public static IEnumerable<Finding> Of(Column measure, Column category, Column? time)
    {
        var rows = Enumerable.Range(0, category.Values.Length).Where(row => category.Values[row] is not null && Numbers.TryDouble(measure.Values[row], out _)).ToList();
        if (rows.Count == 0)
            yield break;
        yield return TableRoles.IsAdditive(measure) ? Leading(measure, category, rows) : Averages(measure, category, rows);
        if (time is not null && TableRoles.IsAdditive(measure) && Shift(measure, category, time, rows) is { } shift)
            yield return shift;
    }

    private static Finding Leading(Column measure, Column category, List<int> rows)
    {
        var groups = Totals(measure, category, rows);
        var total = groups.Sum(group => group.Sum);
        var (name, groupName) = (Wording.Name(measure.Name), Wording.Name(category.Name));
        var top = groups[0];
        var share = total == 0 ? 0 : top.Sum / total;
        var text = $"{top.Label} leads by {groupName} with {Wording.Figure(top.Sum)} of {name} ({Wording.Share(share)})";
        if (groups.Count > 1)
            text += $", ahead of {groups[1].Label} ({Wording.Share(total == 0 ? 0 : groups[1].Sum / total)})" + (groups.Count > 2 ? $"; {groups[^1].Label} is last with {Wording.Share(total == 0 ? 0 : groups[^1].Sum / total)}" : "");
        return new Finding("segment", $"{Wording.Capital(name)} by {groupName}", text + ".", 0.55 + 0.2 * share, Json(measure, category, groups, total));
    }

    private static Finding Averages(Column measure, Column category, List<int> rows)
    {
        var groups = Totals(measure, category, rows).OrderByDescending(group => group.Sum / group.Rows).ToList();
        var (name, groupName) = (Wording.Name(measure.Name), Wording.Name(category.Name));
        return new Finding("segment", $"{Wording.Capital(name)} by {groupName}",
            $"Average {name} is highest for {groups[0].Label} ({Wording.Figure(groups[0].Sum / groups[0].Rows)}) and lowest for {groups[^1].Label} ({Wording.Figure(groups[^1].Sum / groups[^1].Rows)}).",
            0.5, Json(measure, category, groups, 0));
    }

    private static Finding? Shift(Column measure, Column category, Column time, List<int> rows)
    {
        var dated = rows.Where(row => time.Values[row] is DateTime).ToList();
        if (dated.Count < 40)
            return null;
        var dates = dated.Select(row => (DateTime)time.Values[row]!).ToList();
        var middle = dates.Min() + (dates.Max() - dates.Min()) / 2;
        var first = Shares(measure, category, [.. dated.Where(row => (DateTime)time.Values[row]! < middle)]);
        var second = Shares(measure, category, [.. dated.Where(row => (DateTime)time.Values[row]! >= middle)]);
        var moves = first.Keys.Union(second.Keys, StringComparer.Ordinal)
            .Select(label => (Label: label, Before: first.GetValueOrDefault(label), After: second.GetValueOrDefault(label)))
            .OrderByDescending(move => Math.Abs(move.After - move.Before)).ToList();
        if (moves.Count == 0 || Math.Abs(moves[0].After - moves[0].Before) < WorthSaying)
            return null;
        var most = moves[0];
        return new Finding("shift", $"{Wording.Capital(Wording.Name(category.Name))} mix is moving",
            $"{most.Label} {(most.After > most.Before ? "gained" : "lost")} weight: from {Wording.Share(most.Before)} of {Wording.Name(measure.Name)} in the first half of the period to {Wording.Share(most.After)} in the second.",
            0.6 + Math.Min(0.25, Math.Abs(most.After - most.Before)),
            new JsonObject
            {
                ["category"] = category.Name, ["measure"] = measure.Name, ["split_at"] = DateText.Format(middle.Date),
                ["moves"] = new JsonArray([.. moves.Take(10).Select(move => new JsonObject { ["value"] = move.Label, ["before"] = Math.Round(move.Before, 4), ["after"] = Math.Round(move.After, 4) })]),
            });
    }

    private static Dictionary<string, double> Shares(Column measure, Column category, List<int> rows)
    {
        var groups = Totals(measure, category, rows);
        var total = groups.Sum(group => group.Sum);
        return total <= 0 ? [] : groups.ToDictionary(group => group.Label, group => group.Sum / total, StringComparer.Ordinal);
    }

    private static List<(string Label, double Sum, int Rows)> Totals(Column measure, Column category, List<int> rows) =>
    [
        .. rows.GroupBy(row => category.Values[row]!)
            .Select(group => (Label: CellText.Format(group.Key)!, Sum: group.Sum(row => Numbers.TryDouble(measure.Values[row], out var value) ? value : 0), Rows: group.Count()))
            .OrderByDescending(group => group.Sum).ThenBy(group => group.Label, StringComparer.Ordinal),
    ];

    private static JsonObject Json(Column measure, Column category, List<(string Label, double Sum, int Rows)> groups, double total) => new()
    {
        ["category"] = category.Name,
        ["measure"] = measure.Name,
        ["groups"] = new JsonArray([.. groups.Take(20).Select(group => new JsonObject
        {
            ["value"] = group.Label, ["rows"] = group.Rows, ["sum"] = Math.Round(group.Sum, 2), ["mean"] = Numbers.Tidy(group.Sum / group.Rows),
            ["share"] = total == 0 ? null : Math.Round(group.Sum / total, 4),
        })]),
    };
}
