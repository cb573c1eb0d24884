using System.Security.Cryptography;
using System.Text;
using FlowNexus.Engine.Agents.BuiltIn.Reports.Model;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>The report as an A4 document.</summary>
public static class PdfReport
{
    public static byte[] Write(ReportModel model) => Write(model, out _);

    internal static byte[] Write(ReportModel model, out IReadOnlyList<Placement> placements)
    {
        InterFonts.Use();
        using var document = new PdfDocument();
        Describe(document, model);
        using (var sheet = new PdfSheet(document))
        {
            sheet.Bookmark(model.Title);
            PdfCover.Draw(sheet, model);
            PdfProse.Findings(sheet, model);
            PdfCharts.Draw(sheet, model);
            PdfProse.Processing(sheet, model);
            foreach (var table in model.Tables) PdfTables.Draw(sheet, table);
            placements = sheet.Placements;
        }
        Frame(document, model);
        using var bytes = new MemoryStream();
        document.Save(bytes, closeStream: false);
        return PdfIdentity.Settle(bytes.ToArray(), Digest(model), model.Provenance.CreatedAt);
    }

    private static void Describe(PdfDocument document, ReportModel model)
    {
        document.Info.Title = PdfText.Clean(model.Title);
        document.Info.Author = "FlowNexus";
        document.Info.Creator = "FlowNexus";
        document.Info.Subject = PdfText.Clean(model.Subtitle);
        document.Info.Keywords = $"{PdfText.Clean(model.Provenance.Workflow)}, {model.Provenance.ExecutionId}";
        document.Info.CreationDate = model.Provenance.CreatedAt.UtcDateTime;
        document.Info.ModificationDate = model.Provenance.CreatedAt.UtcDateTime;
        document.Language = "en";
        document.PageMode = PdfPageMode.UseOutlines;
        document.ViewerPreferences.DisplayDocTitle = true;
    }

    /// <summary>Running head from the second page on, page numbers on all.</summary>
    private static void Frame(PdfDocument document, ReportModel model)
    {
        var soft = new XSolidBrush(PdfStyle.Soft);
        var face = PdfStyle.Small;
        for (var index = 0; index < document.PageCount; index++)
        {
            using var graphics = XGraphics.FromPdfPage(document.Pages[index]);
            var foot = PdfStyle.PageHeight - 34;
            graphics.DrawLine(new XPen(PdfStyle.Line, 0.5), PdfStyle.Left, foot - 14, PdfStyle.Right, foot - 14);
            var number = $"{index + 1} of {document.PageCount}";
            graphics.DrawString(number, face.Font, soft, PdfStyle.Right - face.Measure(number), foot);
            graphics.DrawString(PdfText.Wrap($"FlowNexus · {model.Provenance.ExecutionId}", face, PdfStyle.Width - 80, 1)[0], face.Font, soft, PdfStyle.Left, foot);
            if (index == 0) continue;
            var period = model.Period ?? "";
            graphics.DrawString(period, face.Font, soft, PdfStyle.Right - face.Measure(period), 40);
            graphics.DrawString(PdfText.Wrap(model.Title, face, PdfStyle.Width - face.Measure(period) - 24, 1)[0], face.Font, soft, PdfStyle.Left, 40);
        }
    }

    private static string Digest(ReportModel model) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Text.JsonReport.Write(model))));
}
