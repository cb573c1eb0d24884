using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Sql;

/// <summary>SQLite types values, not columns; a result column gets the one kind that holds all of its values.</summary>
internal static class SqlColumn
{
    public static Column Of(string name, IReadOnlyList<object?> values)
    {
        var present = values.OfType<object>().ToList();
        if (present.Count > 0 && present.TrueForAll(value => value is long))
            return new Column(name, ColumnKind.Integer, [.. values]);
        if (present.Count > 0 && present.TrueForAll(value => value is long or double))
            return new Column(name, ColumnKind.Number, [.. values.Select(value => value is long integer ? (double)integer : value)]);
        return TextInference.Column(name, [.. values.Select(CellText.Format)]);
    }
}
