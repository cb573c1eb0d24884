using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Tables over as many pages as they need, headings repeated on each.</summary>
internal static class PdfTables
{
    private const double Padding = 4;

    /// <summary>Longest text of a cell, in lines; the whole text is in the CSV.</summary>
    private const int CellLines = 4;

    public static void Draw(PdfSheet sheet, ReportTable table)
    {
        var bands = PdfColumns.Bands(table, PdfStyle.Width);
        PdfProse.Heading(sheet, table.Title, 90);
        for (var index = 0; index < bands.Count; index++)
        {
            if (index > 0) sheet.Y += 16;
            if (bands.Count > 1)
            {
                sheet.Need(150);
                sheet.Text($"Columns, part {index + 1} of {bands.Count}", PdfStyle.Small, PdfStyle.Soft, PdfStyle.Left, sheet.Y);
                sheet.Y += PdfStyle.Small.Leading + 4;
            }
            Band(sheet, table, bands[index]);
        }
        if (table.Note is null) return;
        sheet.Y += 7;
        PdfProse.Note(sheet, table.Note);
    }

    private static void Band(PdfSheet sheet, ReportTable table, PdfColumns columns)
    {
        var heading = columns.Indexes.Select((column, place) => PdfText.Wrap(table.Columns[column].Name, PdfStyle.Small, columns.Widths[place], 4)).ToList();
        sheet.Need((heading.Max(lines => lines.Count) * PdfStyle.Small.Leading) + 60);
        Heading(sheet, table, columns, heading);
        foreach (var row in table.Rows)
        {
            var cells = columns.Indexes.Select((column, place) => table.Columns[column].Numeric
                ? [row[column]]
                : PdfText.Wrap(row[column], PdfStyle.Cell, columns.Widths[place], CellLines)).ToList();
            var height = (cells.Max(lines => lines.Count) * PdfStyle.Cell.Leading) + (2 * Padding);
            if (sheet.Need(height)) Heading(sheet, table, columns, heading);
            var x = PdfStyle.Left;
            for (var place = 0; place < cells.Count; place++)
            {
                if (table.Columns[columns.Indexes[place]].Numeric) Number(sheet, cells[place][0], x, columns.Widths[place]);
                else sheet.Lines(cells[place], PdfStyle.Cell, PdfStyle.Ink, x, sheet.Y + Padding);
                x += columns.Widths[place] + PdfColumns.Gap;
            }
            sheet.Y += height;
            sheet.Rule(PdfStyle.Left, Edge(columns), sheet.Y, PdfStyle.Line);
        }
    }

    /// <summary>A number too wide for any column is set smaller rather than cut.</summary>
    private static void Number(PdfSheet sheet, string text, double x, double width)
    {
        var clean = PdfText.Clean(text);
        var needed = PdfStyle.Cell.Measure(clean);
        if (needed <= width + 0.01) sheet.TextRight(clean, PdfStyle.Cell, PdfStyle.Ink, x + width, sheet.Y + Padding);
        else sheet.TextRight(clean, TypeFace.Regular(Math.Max(3, PdfStyle.Cell.Size * width / needed)), PdfStyle.Ink, x + width, sheet.Y + Padding);
    }

    private static void Heading(PdfSheet sheet, ReportTable table, PdfColumns columns, List<List<string>> heading)
    {
        var lines = heading.Max(cell => cell.Count);
        var x = PdfStyle.Left;
        for (var place = 0; place < heading.Count; place++)
        {
            var y = sheet.Y + ((lines - heading[place].Count) * PdfStyle.Small.Leading);
            foreach (var line in heading[place])
            {
                if (table.Columns[columns.Indexes[place]].Numeric) sheet.TextRight(line, PdfStyle.Small, PdfStyle.Soft, x + columns.Widths[place], y);
                else sheet.Text(line, PdfStyle.Small, PdfStyle.Soft, x, y);
                y += PdfStyle.Small.Leading;
            }
            x += columns.Widths[place] + PdfColumns.Gap;
        }
        sheet.Y += (lines * PdfStyle.Small.Leading) + 3;
        sheet.Rule(PdfStyle.Left, Edge(columns), sheet.Y, PdfStyle.Soft, 0.6);
    }

    private static double Edge(PdfColumns columns) => PdfStyle.Left + columns.Widths.Sum() + ((columns.Widths.Count - 1) * PdfColumns.Gap);
}
