namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;

/// <summary>What happened over time: first against last whole period, the best and worst period, second half against first half.</summary>
public static class TrendFindings
{
    public static IEnumerable<Finding> Of(TimeSeries series)
    {
        var whole = series.Points.Where(point => !point.Partial).ToList();
        if (whole.Count < 2) yield break;
        if (FirstToLast(series, whole) is { } trend) yield return trend;
        if (whole.Count >= 3) yield return Peak(series, whole);
    }

    /// <summary>Growth from the first to the last whole period; null when the first is not positive.</summary>
    public static double? Growth(TimeSeries series)
    {
        var whole = series.Points.Where(point => !point.Partial).ToList();
        return whole is [{ Value: > 0 } first, .., var last] ? (last.Value / first.Value) - 1 : null;
    }

    private static Finding? FirstToLast(TimeSeries series, List<TimePoint> whole)
    {
        var measure = series.Measure;
        var (first, last) = (whole[0], whole[^1]);
        if (first.Value <= 0) return null;
        var change = (last.Value / first.Value) - 1;
        var verb = Math.Round(change, 3) switch { > 0 => "rose", < 0 => "fell", _ => "stayed level" };
        var left = series.Points.Count - whole.Count;
        var note = left == 0 ? "" : $" {Capital(Periods(series, left))} only partly covered by the data {(left == 1 ? "is" : "are")} left out.";
        return new Finding(
            "trend",
            $"{Name(measure)} {verb} {NumberText.Change(change)}",
            $"From {series.Words(first)} to {series.Words(last)}, {Speak(measure)} went from {measure.Text(first.Value)} to {measure.Text(last.Value)} ({NumberText.Change(change)}).{note}",
            [new("first", first.Value), new("last", last.Value), new("change", change), new("periods", whole.Count)]);
    }

    private static Finding Peak(TimeSeries series, List<TimePoint> whole)
    {
        var measure = series.Measure;
        var (high, low) = (whole.MaxBy(point => point.Value)!, whole.MinBy(point => point.Value)!);
        var mean = whole.Average(point => point.Value);
        return new Finding(
            "peak",
            $"Strongest in {series.Words(high)}",
            $"{Capital(series.Words(high))} reached {measure.Text(high.Value)}; the lowest was {series.Words(low)} with {measure.Text(low.Value)}. "
            + $"The mean {UnitWord(series.Unit)} was {measure.Text(mean)}.",
            [new("highest", high.Value), new("lowest", low.Value), new("mean", mean)]);
    }

    /// <summary>The two halves of the time covered, equal in days; a middle day belongs to neither.</summary>
    public static Finding? Halves(TimeSeries days)
    {
        if (days.Unit != TimeUnit.Day || !days.Measure.Additive || days.Points.Count < 14) return null;
        var half = days.Points.Count / 2;
        var (before, after) = (days.Points.Take(half).ToList(), days.Points.Skip(days.Points.Count - half).ToList());
        var (first, second) = (before.Sum(point => point.Value), after.Sum(point => point.Value));
        if (first <= 0) return null;
        var change = (second / first) - 1;
        var measure = days.Measure;
        return new Finding(
            "halves",
            $"Second half {NumberText.Change(change)}",
            $"The {half} days from {NumberText.Span(after[0].Start, after[^1].Start)} brought {measure.Text(second)} {Unit(measure)}against {measure.Text(first)} in the {half} days from {NumberText.Span(before[0].Start, before[^1].Start)}.",
            [new("first_half", first), new("second_half", second), new("change", change), new("days", half)]);
    }

    private static string Unit(Measure measure) => measure.Column is null ? "records " : "";

    private static string Name(Measure measure) => measure.Column is null ? "Records" : measure.Additive ? measure.Label : $"Mean {measure.Words}";

    private static string Speak(Measure measure) =>
        measure.Column is null ? "the number of records" : measure.Additive ? $"total {measure.Words}" : $"mean {measure.Words}";

    private static string Capital(string text) => ColumnWords.Capital(text);

    private static string UnitWord(TimeUnit unit) => unit switch
    {
        TimeUnit.Day => "day", TimeUnit.Week => "week", TimeUnit.Month => "month", TimeUnit.Quarter => "quarter", _ => "year",
    };

    private static string Periods(TimeSeries series, int count) => NumberText.Plural(count, UnitWord(series.Unit), UnitWord(series.Unit) + "s");
}
