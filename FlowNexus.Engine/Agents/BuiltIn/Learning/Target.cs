using FlowNexus.Engine.Agents.BuiltIn.Skills;
using FlowNexus.Engine.Agents.BuiltIn.Statistics;
using FlowNexus.Engine.Agents.BuiltIn.Tables;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Agents.BuiltIn.Learning;

/// <summary>What a model is to predict, and from what.</summary>
internal sealed record Target(Column Label, IReadOnlyList<Column> Features)
{
    private const int MostClasses = 20;

    private static readonly string[] LabelNames = ["target", "label", "class", "churned", "churn", "outcome", "y"];

    /// <exception cref="ProblemException">NO_DATA: no label can be told, or it is not a class.</exception>
    public static Target Of(Table table, SkillSettings settings)
    {
        var label = settings.TextOrInput("target") is { } named
            ? table.Required(named, "target")
            : LabelNames.Select(table.TryColumn).FirstOrDefault(column => column is not null) ?? throw new ProblemException(ProblemCodes.NoData,
                $"'{table.Name}' has no column named target or label, so there is nothing to evaluate a model against. Set `target` to one of: {string.Join(", ", table.Columns.Select(column => column.Name))}.");
        var classes = label.Values.OfType<object>().Distinct().Count();
        if (classes is < 2 or > MostClasses)
            throw SkillSettings.Wrong("target", $"'{label.Name}' has {classes:N0} different values; evaluate_model classifies, so 2 to {MostClasses} are needed", hint: "Group the values into classes first.");
        var features = settings.Texts("features") is { Count: > 0 } chosen
            ? chosen.Select(name => table.Required(name, "features")).Where(column => column != label).ToList()
            : table.Columns.Where(column => column != label && column.Kind != ColumnKind.Date && !ColumnProfile.Of(column).IsIdentifier).ToList();
        return features.Count > 0 ? new Target(label, features) : throw SkillSettings.Wrong("features", "no column is left to predict from");
    }
}
