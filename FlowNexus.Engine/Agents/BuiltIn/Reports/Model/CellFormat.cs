using System.Globalization;
using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>How the cells of one column read: the same places in every row, no thousands in numbers that only name.</summary>
public sealed record CellFormat(Column Column, int Decimals, bool Plain)
{
    public static CellFormat Of(Column column)
    {
        var decimals = 0;
        if (column.Kind == ColumnKind.Number)
        {
            foreach (var value in column.Values)
            {
                if (Measure.Number(value) is not { } number) continue;
                while (decimals < 4 && Math.Abs(number - Math.Round(number, decimals)) > 1e-9) decimals++;
                if (decimals == 4) break;
            }
        }
        return new CellFormat(column, decimals, column.Kind == ColumnKind.Integer && ColumnRoles.IsIdentifier(column));
    }

    public string At(int row) => Plain && Column.Values[row] is long name ? name.ToString(CultureInfo.InvariantCulture) : CellDisplay.Of(Column.Values[row], Decimals);
}
