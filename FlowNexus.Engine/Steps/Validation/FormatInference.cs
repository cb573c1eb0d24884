using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Steps.Validation;

/// <summary>Finds the format that the cells of a column agree on.</summary>
internal static class FormatInference
{
    /// <summary>Share of the cells that are not blank which must agree.</summary>
    public const double Agreement = 0.9;

    /// <summary>The format most cells have, the more special one when two are equal; null below <see cref="Agreement"/>.</summary>
    public static CellFormat? Of(Column column)
    {
        var cells = column.Values.Length - column.MissingCount;
        if (cells == 0) return null;
        CellFormat? best = null;
        var most = 0;
        foreach (var format in Formats.All)
        {
            var fitting = Count(column, format, (int)(cells * (1 - Agreement)) + 1);
            if (fitting <= most) continue;
            most = fitting;
            best = format;
        }

        return most >= cells * Agreement ? best : null;
    }

    /// <summary>Cells that fit; 0 as soon as too many do not.</summary>
    private static int Count(Column column, CellFormat format, int tooMany)
    {
        var fitting = 0;
        var failing = 0;
        foreach (var value in column.Values)
        {
            if (value is not string cell) continue;
            if (format.Fits(cell)) fitting++;
            else if (++failing > tooMany) return 0;
        }

        return fitting;
    }
}
