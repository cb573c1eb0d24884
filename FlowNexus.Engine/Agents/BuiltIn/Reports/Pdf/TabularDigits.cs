using System.Buffers.Binary;
using System.Text;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>
/// Gives the ten digits of a TrueType font one width, each centred in it, so that figures stand under one another.
/// PDFsharp cannot switch on a font's own tabular figures, and digits placed one by one cannot be copied as numbers.
/// </summary>
internal static class TabularDigits
{
    public static byte[] Apply(byte[] font)
    {
        var (cmap, hhea, hmtx) = (Table(font, "cmap"), Table(font, "hhea"), Table(font, "hmtx"));
        var metrics = U16(font, hhea + 34);
        var glyphs = Glyphs(font, cmap);
        if (glyphs.Any(glyph => glyph == 0 || glyph >= metrics)) return font;
        var patched = font.ToArray();
        var widest = glyphs.Max(glyph => U16(font, hmtx + (glyph * 4)));
        foreach (var glyph in glyphs)
        {
            var at = hmtx + (glyph * 4);
            var bearing = BinaryPrimitives.ReadInt16BigEndian(font.AsSpan(at + 2)) + ((widest - U16(font, at)) / 2);
            BinaryPrimitives.WriteUInt16BigEndian(patched.AsSpan(at), (ushort)widest);
            BinaryPrimitives.WriteInt16BigEndian(patched.AsSpan(at + 2), (short)bearing);
        }
        return patched;
    }

    /// <summary>The glyphs of 0 to 9, from the Unicode character map (format 4).</summary>
    private static int[] Glyphs(byte[] font, int cmap)
    {
        for (var record = 0; record < U16(font, cmap + 2); record++)
        {
            var map = cmap + (int)BinaryPrimitives.ReadUInt32BigEndian(font.AsSpan(cmap + 8 + (record * 8)));
            if (U16(font, map) == 4) return [.. Enumerable.Range('0', 10).Select(digit => Glyph(font, map, digit))];
        }
        return [0];
    }

    private static int Glyph(byte[] font, int map, int letter)
    {
        var doubled = U16(font, map + 6);
        for (var segment = 0; segment < doubled; segment += 2)
        {
            if (U16(font, map + 14 + segment) < letter) continue;
            var start = U16(font, map + 16 + doubled + segment);
            if (start > letter) return 0;
            var delta = U16(font, map + 16 + (2 * doubled) + segment);
            var place = map + 16 + (3 * doubled) + segment;
            var offset = U16(font, place);
            return (offset == 0 ? letter + delta : U16(font, place + offset + ((letter - start) * 2)) + delta) & 0xFFFF;
        }
        return 0;
    }

    private static int Table(byte[] font, string tag)
    {
        for (var index = 0; index < U16(font, 4); index++)
        {
            var entry = 12 + (index * 16);
            if (Encoding.ASCII.GetString(font, entry, 4) == tag) return (int)BinaryPrimitives.ReadUInt32BigEndian(font.AsSpan(entry + 8));
        }
        throw new InvalidOperationException($"The font has no table {tag}.");
    }

    private static int U16(byte[] font, int at) => BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan(at));
}
