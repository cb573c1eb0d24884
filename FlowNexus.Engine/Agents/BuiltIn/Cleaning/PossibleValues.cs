using System.Text.RegularExpressions;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Cleaning;

/// <summary>Turns values that cannot be into missing ones: an age of 199, minus two units, a discount of 500 %.</summary>
internal static partial class PossibleValues
{
    /// <summary>A rule by name only holds when nearly all values keep it; otherwise the name means something else here.</summary>
    private const double Agreement = 0.95;

    public static Column Apply(Column column, CleaningRules rules, DateTime now, CleaningLog log)
    {
        if (column.Kind == ColumnKind.Date)
            return Dates(column, now, log);
        if (!column.IsNumeric())
            return column;
        var declared = rules.Ranges.TryGetValue(column.Name, out var set);
        if (!declared)
            set = ByName(column);
        if (set is not { } bounds)
            return column;
        var impossible = Numbers.Of(column).Count(value => !bounds.Contains(value));
        if (impossible == 0 || (!declared && impossible > (1 - Agreement) * (column.Values.Length - column.MissingCount)))
            return column;
        log.Add("impossible_to_missing", column.Name, impossible, $"possible is {bounds} ({bounds.Reason})");
        return column with { Values = Array.ConvertAll(column.Values, value => Numbers.TryDouble(value, out var number) && !bounds.Contains(number) ? null : value) };
    }

    private static Bounds? ByName(Column column)
    {
        if (AgeName().IsMatch(column.Name))
            return new Bounds(1, 120, "an age in years");
        if (PercentName().IsMatch(column.Name))
            return new Bounds(0, 100, "a percentage");
        if (RatingName().IsMatch(column.Name))
            return Scale(column);
        return CountName().IsMatch(column.Name) ? new Bounds(0, null, "a quantity or an amount") : null;
    }

    /// <summary>The scale that nearly all ratings keep: 1 to 5 or 1 to 10 in whole numbers.</summary>
    private static Bounds? Scale(Column column)
    {
        var values = Numbers.Of(column);
        foreach (var most in (double[])[5, 10])
        {
            if (values.Length > 0 && values.Count(value => value >= 1 && value <= most && value % 1 == 0) >= 0.98 * values.Length)
                return new Bounds(1, most, "the scale nearly all ratings use");
        }
        return null;
    }

    private static Column Dates(Column column, DateTime now, CleaningLog log)
    {
        var latest = now.AddYears(10);
        var impossible = column.Values.Count(value => value is DateTime date && (date.Year < 1900 || date > latest));
        log.Add("impossible_to_missing", column.Name, impossible, $"possible is 1900 to {latest.Year}");
        return impossible == 0 ? column
            : column with { Values = Array.ConvertAll(column.Values, value => value is DateTime date && (date.Year < 1900 || date > latest) ? null : value) };
    }

    [GeneratedRegex(@"(^|_)age(_years)?$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex AgeName();

    [GeneratedRegex(@"(^|_)(pct|percent|percentage)($|_)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex PercentName();

    [GeneratedRegex(@"(^|_)(rating|satisfaction|stars|csat)($|_)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex RatingName();

    [GeneratedRegex(@"(^|_)(units?|quantity|qty|price|revenue|sales|amount|count|minutes|seconds|hours|duration|pages|visits|sessions|logins|tickets|spend|tenure)($|_)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex CountName();
}
