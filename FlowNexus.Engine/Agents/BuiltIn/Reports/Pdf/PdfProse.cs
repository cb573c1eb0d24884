using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Headings, findings and what was done to the data.</summary>
internal static class PdfProse
{
    private const double Aside = 138;
    private const double Gutter = 18;

    /// <param name="sheet">Where to draw.</param>
    /// <param name="title">The heading and its bookmark.</param>
    /// <param name="keep">Room that must follow on the same page.</param>
    public static void Heading(PdfSheet sheet, string title, double keep)
    {
        if (sheet.Y > PdfStyle.Top) sheet.Y += 24;
        var lines = PdfText.Wrap(title, PdfStyle.Heading, PdfStyle.Width, 3);
        sheet.Need(keep + (lines.Count * PdfStyle.Heading.Leading) + 8);
        sheet.Bookmark(title);
        sheet.Y += sheet.Lines(lines, PdfStyle.Heading, PdfStyle.Ink, PdfStyle.Left, sheet.Y) + 8;
    }

    public static void Findings(PdfSheet sheet, ReportModel model)
    {
        if (model.Findings.Count == 0) return;
        Heading(sheet, "Findings", 70);
        foreach (var finding in model.Findings)
            Pair(sheet, PdfText.Wrap(finding.Headline, PdfStyle.Strong, Aside, 4), PdfText.Wrap(finding.Text, PdfStyle.Body, PdfStyle.Width - Aside - Gutter), []);
        sheet.Rule(PdfStyle.Left, PdfStyle.Right, sheet.Y, PdfStyle.Line);
    }

    public static void Processing(PdfSheet sheet, ReportModel model)
    {
        if (model.Processing.Count == 0) return;
        Heading(sheet, "What was done to the data", 70);
        foreach (var step in model.Processing)
        {
            var counts = string.Join(" · ", step.Counts.Select(count => ReportFacts.Count(count).Replace(' ', '\u00A0')));
            Pair(
                sheet, PdfText.Wrap(step.Step, PdfStyle.Strong, Aside, 4),
                PdfText.Wrap(step.Summary ?? "", PdfStyle.Body, PdfStyle.Width - Aside - Gutter),
                counts.Length == 0 ? [] : PdfText.Wrap(counts, PdfStyle.Small, PdfStyle.Width - Aside - Gutter));
        }
        sheet.Rule(PdfStyle.Left, PdfStyle.Right, sheet.Y, PdfStyle.Line);
    }

    public static void Note(PdfSheet sheet, string? note)
    {
        if (note is null) return;
        var lines = PdfText.Wrap(note, PdfStyle.Small, PdfStyle.Width);
        sheet.Need(lines.Count * PdfStyle.Small.Leading);
        sheet.Y += sheet.Lines(lines, PdfStyle.Small, PdfStyle.Soft, PdfStyle.Left, sheet.Y);
    }

    private static void Pair(PdfSheet sheet, List<string> head, List<string> body, List<string> small)
    {
        var height = 8 + Math.Max(head.Count * PdfStyle.Strong.Leading, (body.Count * PdfStyle.Body.Leading) + (small.Count * PdfStyle.Small.Leading)) + 7;
        sheet.Need(height);
        sheet.Rule(PdfStyle.Left, PdfStyle.Right, sheet.Y, PdfStyle.Line);
        sheet.Lines(head, PdfStyle.Strong, PdfStyle.Ink, PdfStyle.Left, sheet.Y + 7);
        const double X = PdfStyle.Left + Aside + Gutter;
        var used = sheet.Lines(body, PdfStyle.Body, PdfStyle.Ink, X, sheet.Y + 7);
        sheet.Lines(small, PdfStyle.Small, PdfStyle.Soft, X, sheet.Y + 8 + used);
        sheet.Y += height;
    }
}
