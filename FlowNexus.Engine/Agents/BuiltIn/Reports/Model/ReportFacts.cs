using System.Globalization;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>The facts every document puts under its title, and processing steps as sentences.</summary>
public static class ReportFacts
{
    public static IReadOnlyList<(string Name, string Value)> Of(ReportModel model)
    {
        var from = model.Provenance;
        var facts = new List<(string, string)>();
        if (model.Period is { } period) facts.Add(("Period", period));
        if (from.RequestedPeriod is { } requested) facts.Add(("Requested period", requested));
        if (from.Source is { } source) facts.Add(("Source", source));
        facts.Add(("Created", from.CreatedAt.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture)));
        facts.Add(("Workflow", $"{from.Workflow}, version {from.Version}"));
        facts.Add(("Execution", from.ExecutionId));
        return facts;
    }

    /// <summary>The step's own sentence and its counts.</summary>
    public static string Told(ProcessingStep step)
    {
        var counts = string.Join(", ", step.Counts.Select(Count));
        return (step.Summary, counts) switch
        {
            ({ Length: > 0 } summary, { Length: > 0 }) => $"{summary.TrimEnd()} ({counts})",
            ({ Length: > 0 } summary, _) => summary,
            _ => counts,
        };
    }

    public static string Count(Figure figure) => $"{ColumnWords.Of(figure.Name)} {NumberText.Of(figure.Value, figure.Value == Math.Floor(figure.Value) ? 0 : 2)}";
}
