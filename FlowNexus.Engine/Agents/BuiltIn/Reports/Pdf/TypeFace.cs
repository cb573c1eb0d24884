using System.Collections.Concurrent;
using PdfSharp.Drawing;
using PdfSharp.Pdf;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>A font at a size, with the widths of its letters kept: every letter is measured once per process.</summary>
internal sealed class TypeFace
{
    private readonly ConcurrentDictionary<string, double> _widths = new(StringComparer.Ordinal);
    private readonly Lazy<XFont> _font;

    private TypeFace(double size, XFontStyleEx style)
    {
        Size = size;
        _font = new Lazy<XFont>(() =>
        {
            InterFonts.Use();
            return new XFont(InterFonts.Family, size, style, new XPdfFontOptions(PdfFontEncoding.Unicode));
        });
    }

    public double Size { get; }

    /// <summary>From one baseline to the next.</summary>
    public double Leading => Math.Round(Size * 1.42, 2);

    /// <summary>From the top of a line to its baseline.</summary>
    public double Ascent => Size * 1.06;

    public XFont Font => _font.Value;

    public static TypeFace Regular(double size) => new(size, XFontStyleEx.Regular);

    public static TypeFace Bold(double size) => new(size, XFontStyleEx.Bold);

    public double Measure(string text)
    {
        var width = 0d;
        for (var index = 0; index < text.Length; index++)
        {
            var pair = char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
            width += Letter(pair ? text.Substring(index++, 2) : text[index].ToString());
        }
        return width;
    }

    public double Letter(string letter) => _widths.GetOrAdd(letter, static (text, font) =>
    {
        using var graphics = XGraphics.CreateMeasureContext(new XSize(1000, 1000), XGraphicsUnit.Point, XPageDirection.Downwards);
        // Spaces at the ends are measured only between letters.
        return graphics.MeasureString("n" + text + "n", font).Width - graphics.MeasureString("nn", font).Width;
    }, Font);
}
