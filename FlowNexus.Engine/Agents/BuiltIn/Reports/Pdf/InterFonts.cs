using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using PdfSharp.Fonts;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>
/// Inter (SIL Open Font License), so that PDFs look the same on a machine without fonts. The build embeds the font
/// package's assembly as it is; its faces are read out of it here and none of its code is loaded.
/// </summary>
internal sealed class InterFonts : IFontResolver
{
    public const string Family = "Inter";

    private static readonly Lock Gate = new();
    private readonly ConcurrentDictionary<string, byte[]> _faces = new();

    /// <summary>PDFsharp has one resolver per process.</summary>
    public static void Use()
    {
        lock (Gate)
        {
            if (GlobalFontSettings.FontResolver is null) GlobalFontSettings.FontResolver = new InterFonts();
        }
    }

    public FontResolverInfo? ResolveTypeface(string familyName, bool isBold, bool isItalic) =>
        new(isBold ? "Inter-SemiBold" : familyName.EndsWith("Medium", StringComparison.Ordinal) ? "Inter-Medium" : "Inter-Regular");

    public byte[]? GetFont(string faceName) => _faces.GetOrAdd(faceName, name => TabularDigits.Apply(Read($"/Assets/{name}.ttf")));

    /// <summary>Avalonia's resource bundle: length, index length, version, count, then path, offset and size of each file.</summary>
    private static byte[] Read(string path)
    {
        using var package = typeof(InterFonts).Assembly.GetManifestResourceStream("FlowNexus.Reports.Inter.dll")
            ?? throw new InvalidOperationException("The build left out the report font.");
        using var image = new PEReader(package);
        var metadata = image.GetMetadataReader();
        var resource = metadata.ManifestResources.Select(metadata.GetManifestResource).Single(entry => metadata.StringComparer.Equals(entry.Name, "!AvaloniaResources"));
        var directory = image.PEHeaders.CorHeader!.ResourcesDirectory;
        var bundle = image.GetSectionData(directory.RelativeVirtualAddress).GetContent((int)resource.Offset, directory.Size - (int)resource.Offset).ToArray();
        using var reader = new BinaryReader(new MemoryStream(bundle), Encoding.UTF8);
        reader.ReadInt32();
        var indexLength = reader.ReadInt32();
        reader.ReadInt32();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (name, offset, size) = (reader.ReadString(), reader.ReadInt32(), reader.ReadInt32());
            if (name != path) continue;
            var start = 8 + indexLength + offset;
            return bundle[start..(start + size)];
        }
        throw new InvalidOperationException($"The font package has no {path}.");
    }
}
