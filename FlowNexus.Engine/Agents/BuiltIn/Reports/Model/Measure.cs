using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

/// <summary>What a report counts: a numeric column, or the records themselves.</summary>
/// <param name="Column">Null counts records.</param>
/// <param name="Additive">Whether values may be summed; otherwise they are averaged.</param>
/// <param name="Decimals">Places that the data itself has, at most 2.</param>
public sealed record Measure(Column? Column, bool Additive, int Decimals)
{
    public static readonly Measure Records = new(null, Additive: true, 0);

    /// <summary>In running text.</summary>
    public string Words => Column is null ? "records" : ColumnWords.Of(Column.Name);

    public string Label => ColumnWords.Capital(Words);

    public string Heading => Column is null ? "Records" : $"{Label} ({(Additive ? "total" : "mean")})";

    /// <summary>Null where the value is missing or not finite.</summary>
    public double? At(int row) => Column is null ? 1 : Number(Column.Values[row]);

    public string Text(double value) => NumberText.Of(value, Additive ? Decimals : 2);

    public static double? Number(object? value) => value switch
    {
        double number when double.IsFinite(number) => number,
        long integer => integer,
        _ => null,
    };
}

/// <summary>Sum and count of a measure over some rows.</summary>
public struct Tally
{
    /// <summary>Rows seen, whether or not they have a value.</summary>
    public int Rows { get; private set; }

    public int Values { get; private set; }

    public double Sum { get; private set; }

    public void Add(double? value)
    {
        Rows++;
        if (value is not { } number)
            return;
        Values++;
        Sum += number;
    }

    public readonly double Mean => Values == 0 ? double.NaN : Sum / Values;

    public readonly double Of(Measure measure) => measure.Additive ? Sum : Mean;
}
