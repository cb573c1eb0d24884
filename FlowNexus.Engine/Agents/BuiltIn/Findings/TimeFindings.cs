using System.Text.Json.Nodes;
using FlowNexus.Engine.Agents.BuiltIn.Aggregation;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>How the measure moves over time.</summary>
internal static class TimeFindings
{
    public static IEnumerable<Finding> Of(Column measure, Column time)
    {
        var size = Size(time);
        var buckets = Series(measure, time, size);
        if (buckets.Count < 3)
            yield break;
        var name = Wording.Name(measure.Name);
        var how = TableRoles.IsAdditive(measure) ? name : $"average {name}";
        yield return Extremes(buckets, how, size);
        yield return Trend(buckets, how, size);
        yield return LastChange(buckets, how, size);
    }

    /// <summary>Months for anything longer than about two of them.</summary>
    private static string Size(Column time)
    {
        var dates = time.Values.OfType<DateTime>().ToList();
        var days = dates.Count == 0 ? 0 : (dates.Max() - dates.Min()).TotalDays;
        return days switch { <= 21 => "day", <= 75 => "week", <= 1500 => "month", _ => "year" };
    }

    private static List<(string Label, double Value)> Series(Column measure, Column time, string size)
    {
        var additive = TableRoles.IsAdditive(measure);
        return [.. Enumerable.Range(0, time.Values.Length)
            .Where(row => time.Values[row] is DateTime && Numbers.TryDouble(measure.Values[row], out _))
            .GroupBy(row => TimeBucket.Label((DateTime)time.Values[row]!, size), row => Numbers.TryDouble(measure.Values[row], out var value) ? value : 0)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (group.Key, additive ? group.Sum() : group.Average()))];
    }

    private static Finding Extremes(List<(string Label, double Value)> buckets, string how, string size)
    {
        var high = buckets.MaxBy(bucket => bucket.Value);
        var low = buckets.MinBy(bucket => bucket.Value);
        return new Finding("peak", $"Best and weakest {size}",
            $"The strongest {size} is {high.Label} with {how} of {Wording.Figure(high.Value)}, the weakest {low.Label} with {Wording.Figure(low.Value)}.", 0.7,
            new JsonObject { ["bucket"] = size, ["high"] = high.Label, ["high_value"] = Math.Round(high.Value, 2), ["low"] = low.Label, ["low_value"] = Math.Round(low.Value, 2), ["series"] = Json(buckets) });
    }

    private static Finding Trend(List<(string Label, double Value)> buckets, string how, string size)
    {
        var middle = (buckets.Count - 1) / 2.0;
        var mean = buckets.Average(bucket => bucket.Value);
        double products = 0, squares = 0, spread = 0;
        for (var index = 0; index < buckets.Count; index++)
        {
            products += (index - middle) * (buckets[index].Value - mean);
            squares += (index - middle) * (index - middle);
            spread += (buckets[index].Value - mean) * (buckets[index].Value - mean);
        }
        var slope = products / squares;
        var fit = spread == 0 ? 0 : products * products / (squares * spread);
        var perBucket = mean == 0 ? 0 : slope / Math.Abs(mean);
        var clear = fit >= 0.3;
        var text = clear
            ? $"{Wording.Capital(how)} {(slope > 0 ? "grows" : "falls")} by about {Wording.Figure(Math.Abs(slope))} a {size} ({Wording.Change(perBucket)}), from {Wording.Figure(buckets[0].Value)} in {buckets[0].Label} to {Wording.Figure(buckets[^1].Value)} in {buckets[^1].Label}; a straight line explains {Wording.Share(fit)} of the variation."
            : $"{Wording.Capital(how)} shows no clear trend over {buckets.Count} {size}s: a straight line explains only {Wording.Share(fit)} of the variation.";
        return new Finding("trend", "Trend", text, clear ? 0.85 : 0.4, new JsonObject
        {
            ["bucket"] = size, ["slope"] = Numbers.Tidy(slope), ["change_per_bucket"] = Math.Round(perBucket, 4), ["r_squared"] = Math.Round(fit, 4),
            ["first"] = Math.Round(buckets[0].Value, 2), ["last"] = Math.Round(buckets[^1].Value, 2), ["series"] = Json(buckets),
        });
    }

    private static Finding LastChange(List<(string Label, double Value)> buckets, string how, string size)
    {
        var (before, last) = (buckets[^2], buckets[^1]);
        var change = before.Value == 0 ? 0 : last.Value / before.Value - 1;
        return new Finding("period_change", "Latest change",
            $"{Wording.Capital(how)} in {last.Label} is {Wording.Figure(last.Value)}, {Wording.Change(change)} against {before.Label} ({Wording.Figure(before.Value)}).", 0.6 + Math.Min(0.15, Math.Abs(change) / 2),
            new JsonObject { ["bucket"] = size, ["last"] = last.Label, ["value"] = Math.Round(last.Value, 2), ["before"] = before.Label, ["value_before"] = Math.Round(before.Value, 2), ["change"] = Math.Round(change, 4) });
    }

    private static JsonArray Json(List<(string Label, double Value)> buckets) =>
        [.. buckets.Select(bucket => new JsonObject { ["label"] = bucket.Label, ["value"] = Math.Round(bucket.Value, 2) })];
}
