using FlowNexus.Engine.Agents.BuiltIn.Statistics;

namespace FlowNexus.Engine.Agents.BuiltIn.Findings;

/// <summary>Computes what is worth saying about a table. Every figure comes from its rows.</summary>
internal static class TableFindings
{
    public static IReadOnlyList<Finding> Of(TableRoles roles, CancellationToken cancellationToken)
    {
        var findings = new List<Finding> { SizeFindings.Rows(roles) };
        if (roles.Measure is { } measure)
        {
            findings.Add(SizeFindings.Total(roles, measure));
            if (roles.Time is { } time)
                findings.AddRange(TimeFindings.Of(measure, time));
            foreach (var category in roles.Categories.Take(5))
            {
                cancellationToken.ThrowIfCancellationRequested();
                findings.AddRange(CategoryFindings.Of(measure, category, roles.Time));
            }
            if (roles.Entity is { } entity)
                findings.AddRange(SizeFindings.Concentration(measure, entity));
        }
        findings.AddRange(SizeFindings.Correlations(roles, cancellationToken));
        findings.AddRange(SizeFindings.Gaps(roles));
        return [.. findings.OrderByDescending(finding => finding.Weight)];
    }
}
