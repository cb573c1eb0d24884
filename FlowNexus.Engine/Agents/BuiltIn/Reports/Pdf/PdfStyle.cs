using PdfSharp.Drawing;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>Type, colour and measures of the document, in points.</summary>
internal static class PdfStyle
{
    public const double PageWidth = 595.28;
    public const double PageHeight = 841.89;
    public const double Left = 56;
    public const double Right = PageWidth - 56;
    public const double Top = 66;
    public const double Bottom = PageHeight - 64;
    public const double Width = Right - Left;

    public static readonly XColor Ink = XColor.FromArgb(0x1C, 0x20, 0x24);
    public static readonly XColor Soft = XColor.FromArgb(0x5B, 0x60, 0x6B);
    public static readonly XColor Line = XColor.FromArgb(0xDC, 0xDE, 0xE3);
    public static readonly XColor Panel = XColor.FromArgb(0xF5, 0xF6, 0xF9);
    public static readonly XColor Accent = XColor.FromArgb(0x2F, 0x5B, 0xD3);
    public static readonly XColor Part = XColor.FromArgb(0xB4, 0xC2, 0xEA);

    public static readonly TypeFace Title = TypeFace.Bold(28);
    public static readonly TypeFace Subtitle = TypeFace.Regular(12);
    public static readonly TypeFace Heading = TypeFace.Bold(13);
    public static readonly TypeFace SubHeading = TypeFace.Bold(9.5);
    public static readonly TypeFace Body = TypeFace.Regular(9.5);
    public static readonly TypeFace Strong = TypeFace.Bold(9.5);
    public static readonly TypeFace Small = TypeFace.Regular(8);
    public static readonly TypeFace SmallStrong = TypeFace.Bold(8);
    public static readonly TypeFace Cell = TypeFace.Regular(8.5);
    public static readonly TypeFace Figure = TypeFace.Bold(19);
}
