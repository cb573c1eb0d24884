using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Pdf;

/// <summary>
/// Replaces what PDFsharp draws at random (document ids, font subset tags) or takes from the clock by values that
/// follow from the report. All replacements keep their length, so the file's offsets stay true.
/// </summary>
internal static partial class PdfIdentity
{
    public static byte[] Settle(byte[] pdf, string digest, DateTimeOffset createdAt)
    {
        var text = Encoding.Latin1.GetString(pdf);
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        text = SubsetTag().Replace(text, match =>
        {
            if (!tags.TryGetValue(match.Groups[1].Value, out var tag)) tags[match.Groups[1].Value] = tag = $"FNREP{(char)('A' + tags.Count)}";
            return $"/{tag}+";
        });
        text = DocumentId().Replace(text, match => $"/ID[<{Cut(digest, match.Groups[1].Length)}><{Cut(digest, match.Groups[2].Length)}>]".PadRight(match.Length));
        text = Uuid().Replace(text, match => "uuid:" + Guid.Parse(digest[..32]).ToString("D").PadRight(match.Length - 5));
        var iso = createdAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        text = XmpDate().Replace(text, match => match.Groups[1].Value + (iso + match.Groups[2].Value[19..]) + match.Groups[3].Value);
        return Encoding.Latin1.GetBytes(text);
    }

    private static string Cut(string digest, int length) => digest.PadRight(length, '0')[..length];

    [GeneratedRegex(@"/([A-Z]{6})\+(?=[A-Za-z])")]
    private static partial Regex SubsetTag();

    [GeneratedRegex(@"/ID\s*\[\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*\]")]
    private static partial Regex DocumentId();

    [GeneratedRegex("uuid:[0-9A-Fa-f-]{36}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"(<xmp:(?:CreateDate|ModifyDate|MetadataDate)>)([^<]{19,40})(</)")]
    private static partial Regex XmpDate();
}
