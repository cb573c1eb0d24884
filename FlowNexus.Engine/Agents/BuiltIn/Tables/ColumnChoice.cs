using FlowNexus.Engine.Agents.BuiltIn.Skills;

namespace FlowNexus.Engine.Agents.BuiltIn.Tables;

/// <summary>Columns as settings name them.</summary>
internal static class ColumnChoice
{
    /// <exception cref="Problems.ProblemException">INVALID_DEFINITION, with the columns there are.</exception>
    public static Column Required(this Table table, string name, string setting) =>
        table.TryColumn(name) ?? throw SkillSettings.Wrong(setting, $"there is no column '{name}'", [.. table.Columns.Select(column => column.Name)]);
}
