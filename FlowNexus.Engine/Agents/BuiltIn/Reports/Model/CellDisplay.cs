using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>One cell as people read it; missing is empty.</summary>
public static class CellDisplay
{
    public static string Of(object? value, int decimals) => value switch
    {
        null => "",
        double number => double.IsFinite(number) ? NumberText.Fixed(number, decimals) : "",
        long integer => NumberText.Count(integer),
        bool flag => flag ? "yes" : "no",
        DateTime { TimeOfDay.Ticks: 0 } date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime date => date.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    public static bool IsNumeric(ColumnKind kind) => kind is ColumnKind.Number or ColumnKind.Integer;
}
