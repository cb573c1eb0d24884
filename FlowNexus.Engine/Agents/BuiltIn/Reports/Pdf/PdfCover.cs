using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Title, facts and key figures: the top of the first page.</summary>
internal static class PdfCover
{
    private const double Gap = 10;

    public static void Draw(PdfSheet sheet, ReportModel model)
    {
        sheet.Box(PdfStyle.Left, sheet.Y - 2, 28, 3, PdfStyle.Accent);
        sheet.Y += 20;
        sheet.Y += sheet.Lines(PdfText.Wrap(model.Title, PdfStyle.Title, PdfStyle.Width, 4), PdfStyle.Title, PdfStyle.Ink, PdfStyle.Left, sheet.Y) * 0.92;
        sheet.Y += 10;
        sheet.Y += sheet.Lines(PdfText.Wrap(model.Subtitle, PdfStyle.Subtitle, PdfStyle.Width, 4), PdfStyle.Subtitle, PdfStyle.Soft, PdfStyle.Left, sheet.Y);
        sheet.Y += 22;
        Facts(sheet, model);
        KeyFigures(sheet, model);
    }

    private static void Facts(PdfSheet sheet, ReportModel model)
    {
        // The last column holds the execution's id, which should not break.
        double[] widths = [132, 132, PdfStyle.Width - 264 - 36];
        var facts = ReportFacts.Of(model);
        sheet.Rule(PdfStyle.Left, PdfStyle.Right, sheet.Y, PdfStyle.Line);
        sheet.Y += 12;
        foreach (var row in facts.Chunk(widths.Length))
        {
            var tallest = 0d;
            for (var index = 0; index < row.Length; index++)
            {
                var x = PdfStyle.Left + widths[..index].Sum() + (index * 18);
                sheet.Text(row[index].Name, PdfStyle.Small, PdfStyle.Soft, x, sheet.Y);
                var lines = PdfText.Wrap(row[index].Value, PdfStyle.Body, widths[index], 3);
                tallest = Math.Max(tallest, PdfStyle.Small.Leading + 1 + sheet.Lines(lines, PdfStyle.Body, PdfStyle.Ink, x, sheet.Y + PdfStyle.Small.Leading + 1));
            }
            sheet.Y += tallest + 9;
        }
        sheet.Y += 16;
    }

    private static void KeyFigures(PdfSheet sheet, ReportModel model)
    {
        const int Columns = 3;
        const double Padding = 12;
        const double Tile = (PdfStyle.Width - ((Columns - 1) * Gap)) / Columns;
        const double Inner = Tile - (2 * Padding);
        foreach (var row in model.KeyFigures.Chunk(Columns))
        {
            var tiles = row.Select(figure => (
                Label: PdfText.Wrap(figure.Label, PdfStyle.Small, Inner, 2),
                Value: PdfText.Wrap(figure.Text, PdfStyle.Figure, Inner, 1),
                Note: PdfText.Wrap(figure.Note ?? "", PdfStyle.Small, Inner, 2))).ToList();
            var label = tiles.Max(tile => tile.Label.Count) * PdfStyle.Small.Leading;
            var note = tiles.Max(tile => tile.Note.Count) * PdfStyle.Small.Leading;
            var height = Padding + label + 2 + PdfStyle.Figure.Leading + 1 + note + Padding - 2;
            sheet.Need(height);
            for (var index = 0; index < tiles.Count; index++)
            {
                var x = PdfStyle.Left + (index * (Tile + Gap));
                var y = sheet.Y + Padding;
                sheet.Panel(x, sheet.Y, Tile, height, PdfStyle.Panel);
                sheet.Lines(tiles[index].Label, PdfStyle.Small, PdfStyle.Soft, x + Padding, y);
                sheet.Lines(tiles[index].Value, PdfStyle.Figure, PdfStyle.Ink, x + Padding, y + label + 2);
                sheet.Lines(tiles[index].Note, PdfStyle.Small, PdfStyle.Soft, x + Padding, y + label + 3 + PdfStyle.Figure.Leading);
            }
            sheet.Y += height + Gap;
        }
    }
}
