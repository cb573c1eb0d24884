using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model.Findings;

/// <summary>Who leads, who is last, and how much hangs on a few.</summary>
public static class CategoryFindings
{
    /// <summary>From this many values on, "the top three" says something.</summary>
    private const int ConcentrationFrom = 6;

    /// <summary>Up to this many values, who comes last is news.</summary>
    private const int LastMatters = 30;

    public static IEnumerable<Finding> Of(CategoryRanking ranking)
    {
        // A gap in the data is no competitor: it is told under missing values.
        ranking = ranking with { Entries = [.. ranking.Entries.Where(entry => entry.Name != CategoryRanking.Missing)], Whole = ranking.Total };
        if (ranking.Entries.Count < 2) yield break;
        if (ranking.Column.Kind == ColumnKind.Boolean)
        {
            if (ranking.HasShares && YesShare(ranking) is { } yes) yield return yes;
            yield break;
        }
        yield return Ranking(ranking);
        if (ranking.HasShares && ranking.Entries.Count >= ConcentrationFrom) yield return Concentration(ranking);
    }

    private static Finding Ranking(CategoryRanking ranking)
    {
        var measure = ranking.Measure;
        var (top, bottom) = (ranking.Entries[0], ranking.Entries[^1]);
        if (Equals(top.Value, bottom.Value))
        {
            return new Finding(
                "ranking", $"{ranking.Label}: no difference",
                $"All {ranking.Entries.Count} values of {ranking.Words} have the same {What(measure)}: {measure.Text(top.Value)}.",
                [new("values", ranking.Entries.Count), new("each", top.Value)]);
        }
        if (!ranking.HasShares)
        {
            return new Finding(
                "ranking", $"{top.Name} leads by {ranking.Words}",
                $"{top.Name} has the highest {What(measure)} ({measure.Text(top.Value)}), {bottom.Name} the lowest ({measure.Text(bottom.Value)}), out of {ranking.Entries.Count} values of {ranking.Words}.",
                [new("values", ranking.Entries.Count), new("highest", top.Value), new("lowest", bottom.Value)]);
        }
        if (ranking.Entries.Count > LastMatters)
        {
            var next = ranking.Entries[1];
            return new Finding(
                "ranking", $"{top.Name} leads by {ranking.Words}",
                $"{top.Name} accounts for {NumberText.Percent(ranking.Share(top))} of {Whole(measure)} ({measure.Text(top.Value)}), ahead of {next.Name} with {NumberText.Percent(ranking.Share(next))} ({measure.Text(next.Value)}), out of {NumberText.Count(ranking.Entries.Count)} values.",
                [new("values", ranking.Entries.Count), new("highest", top.Value), new("highest_share", ranking.Share(top)), new("second", next.Value), new("second_share", ranking.Share(next))]);
        }
        return new Finding(
            "ranking", $"{top.Name} leads by {ranking.Words}",
            $"{top.Name} accounts for {NumberText.Percent(ranking.Share(top))} of {Whole(measure)} ({measure.Text(top.Value)}); {bottom.Name} comes last of {ranking.Entries.Count} with {NumberText.Percent(ranking.Share(bottom))} ({measure.Text(bottom.Value)}).",
            [new("values", ranking.Entries.Count), new("highest", top.Value), new("highest_share", ranking.Share(top)), new("lowest", bottom.Value), new("lowest_share", ranking.Share(bottom))]);
    }

    private static Finding? YesShare(CategoryRanking ranking)
    {
        if (ranking.Entries.FirstOrDefault(entry => entry.Name == "yes") is not { } yes) return null;
        var (rows, all) = (yes.Rows, ranking.Entries.Sum(entry => entry.Rows));
        return new Finding(
            "share", $"{ranking.Label}: {NumberText.Percent((double)rows / all)} of records",
            $"{NumberText.Count(rows)} of {NumberText.Count(all)} records are marked {ranking.Words}"
            + (ranking.Measure.Column is null ? "." : $"; they bring {NumberText.Percent(ranking.Share(yes))} of {ranking.Measure.Words} ({ranking.Measure.Text(yes.Value)})."),
            [new("records", rows), new("records_share", (double)rows / all), new("value", yes.Value), new("value_share", ranking.Share(yes))]);
    }

    private static Finding Concentration(CategoryRanking ranking)
    {
        var count = ranking.Entries.Count;
        var three = ranking.Entries.Take(3).Sum(ranking.Share);
        var running = 0d;
        var half = 0;
        while (half < count && running < 0.5) running += ranking.Share(ranking.Entries[half++]);
        return new Finding(
            "concentration", $"Top 3 of {count} hold {NumberText.Percent(three)}",
            $"The three largest values of {ranking.Words} together bring {NumberText.Percent(three)} of {Whole(ranking.Measure)}; "
            + $"{half} of {count} are enough for half of it. Evenly spread, three would bring {NumberText.Percent(3d / count)}.",
            [new("values", count), new("top_three_share", three), new("values_for_half", half)]);
    }

    private static string What(Measure measure) => measure.Column is null ? "number of records" : $"{(measure.Additive ? "total" : "mean")} {measure.Words}";

    private static string Whole(Measure measure) => measure.Column is null ? "all records" : measure.Words;
}
