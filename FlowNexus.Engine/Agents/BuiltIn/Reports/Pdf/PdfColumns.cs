using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Some columns of a table that fit side by side, with their widths.</summary>
/// <param name="Indexes">Into the table's columns.</param>
internal sealed record PdfColumns(IReadOnlyList<int> Indexes, IReadOnlyList<double> Widths)
{
    public const double Gap = 12;

    private const double WidestText = 170;
    private const double NarrowestText = 24;

    /// <summary>Splits a wide table into bands; every band after the first repeats the first column, so that rows stay recognisable.</summary>
    public static IReadOnlyList<PdfColumns> Bands(ReportTable table, double width)
    {
        var least = table.Columns.Select((_, index) => Math.Min(Least(table, index), width * 0.45)).ToArray();
        var best = table.Columns.Select((_, index) => Math.Max(least[index], Best(table, index))).ToArray();
        var bands = new List<PdfColumns>();
        var band = new List<int>();
        var used = 0d;
        for (var index = 0; index < least.Length; index++)
        {
            var room = least[index] + (band.Count > 0 ? Gap : 0);
            if (used + room > width && band.Count > 0)
            {
                bands.Add(Fit(band, least, best, width));
                band = [0];
                used = least[0];
                room = least[index] + Gap;
            }
            band.Add(index);
            used += room;
        }
        bands.Add(Fit(band, least, best, width));
        return bands;
    }

    /// <summary>Everyone gets the least they need; what is left goes to those who want more, in proportion.</summary>
    private static PdfColumns Fit(List<int> band, double[] least, double[] best, double width)
    {
        var free = width - ((band.Count - 1) * Gap) - band.Sum(index => least[index]);
        var wanted = band.Sum(index => best[index] - least[index]);
        var share = wanted <= 0 ? 0 : Math.Min(1, free / wanted);
        return new PdfColumns(band, [.. band.Select(index => least[index] + ((best[index] - least[index]) * share))]);
    }

    private static double Least(ReportTable table, int index)
    {
        var head = Math.Min(PdfText.WidestWord(table.Columns[index].Name, PdfStyle.Small), 90);
        if (table.Columns[index].Numeric) return Math.Max(head, table.Rows.Select(row => PdfStyle.Cell.Measure(row[index])).DefaultIfEmpty(0).Max());
        var word = table.Rows.Select(row => PdfText.WidestWord(row[index], PdfStyle.Cell)).DefaultIfEmpty(0).Max();
        return Math.Max(NarrowestText, Math.Max(head, Math.Min(word, 110)));
    }

    private static double Best(ReportTable table, int index)
    {
        var head = PdfStyle.Small.Measure(PdfText.Clean(table.Columns[index].Name));
        var cell = table.Rows.Select(row => PdfStyle.Cell.Measure(PdfText.Clean(row[index]))).DefaultIfEmpty(0).Max();
        return Math.Min(WidestText, Math.Max(Math.Min(head, 110), cell) + 1);
    }
}
