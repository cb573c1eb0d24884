using PdfSharp;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Where a line of text stands, so that tests can prove that nothing overlaps or leaves the page.</summary>
internal sealed record Placement(int Page, string Text, double X, double Y, double Width, double Height);

/// <summary>Pages filled from top to bottom. <see cref="Y"/> is the next free line.</summary>
internal sealed class PdfSheet : IDisposable
{
    private readonly List<Placement> _placements = [];
    private XGraphics _graphics;

    public PdfSheet(PdfDocument document)
    {
        Document = document;
        _graphics = AddPage();
    }

    public PdfDocument Document { get; }

    public double Y { get; set; } = PdfStyle.Top;

    public double Left => PdfStyle.Bottom - Y;

    public IReadOnlyList<Placement> Placements => _placements;

    public PdfPage Page => Document.Pages[^1];

    /// <summary>Starts a new page unless that much room is left.</summary>
    /// <returns>Whether a page was started.</returns>
    public bool Need(double height)
    {
        if (Left >= height || Y <= PdfStyle.Top) return false;
        _graphics.Dispose();
        _graphics = AddPage();
        return true;
    }

    public void Text(string text, TypeFace face, XColor colour, double x, double y)
    {
        if (text.Length == 0) return;
        _graphics.DrawString(text, face.Font, new XSolidBrush(colour), x, y + face.Ascent);
        _placements.Add(new Placement(Document.PageCount, text, x, y, face.Measure(text), face.Size * 1.2));
    }

    public void TextRight(string text, TypeFace face, XColor colour, double right, double y) => Text(text, face, colour, right - face.Measure(text), y);

    /// <summary>Lines one below the other.</summary>
    /// <returns>The height used.</returns>
    public double Lines(IReadOnlyList<string> lines, TypeFace face, XColor colour, double x, double y)
    {
        for (var index = 0; index < lines.Count; index++) Text(lines[index], face, colour, x, y + (index * face.Leading));
        return lines.Count * face.Leading;
    }

    public void Rule(double x1, double x2, double y, XColor colour, double width = 0.5) => _graphics.DrawLine(new XPen(colour, width), x1, y, x2, y);

    public void Box(double x, double y, double width, double height, XColor colour) => _graphics.DrawRectangle(new XSolidBrush(colour), x, y, width, height);

    public void Panel(double x, double y, double width, double height, XColor colour) => _graphics.DrawRoundedRectangle(new XSolidBrush(colour), x, y, width, height, 8, 8);

    public void Path(IReadOnlyList<XPoint> points, XColor colour, double width) =>
        _graphics.DrawLines(new XPen(colour, width) { LineJoin = XLineJoin.Round, LineCap = XLineCap.Round }, [.. points]);

    public void Dot(XPoint at, double radius, XColor edge, XColor fill) =>
        _graphics.DrawEllipse(new XPen(edge, 1), new XSolidBrush(fill), at.X - radius, at.Y - radius, radius * 2, radius * 2);

    public PdfOutline Bookmark(string title) => Mark(Document.Outlines, title);

    public PdfOutline Bookmark(PdfOutline parent, string title) => Mark(parent.Outlines, title);

    public void Dispose() => _graphics.Dispose();

    private PdfOutline Mark(PdfOutlineCollection outlines, string title)
    {
        var outline = outlines.Add(PdfText.Clean(title), Page, opened: true);
        outline.PageDestinationType = PdfPageDestinationType.Xyz;
        outline.Left = 0;
        outline.Top = PdfStyle.PageHeight - Math.Max(0, Y - 24);
        return outline;
    }

    private XGraphics AddPage()
    {
        var page = Document.AddPage();
        page.Size = PageSize.A4;
        Y = PdfStyle.Top;
        return XGraphics.FromPdfPage(page);
    }
}
