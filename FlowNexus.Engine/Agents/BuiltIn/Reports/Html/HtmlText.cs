using System.Globalization;
using System.Text;

namespace FlowNexus.Engine.Agents.BuiltIn.Reports.Html;

/// <summary>HTML in pieces. Text goes through <see cref="Of"/>; nothing else may carry data.</summary>
internal static class HtmlText
{
    /// <summary>Escaped for element content and for quoted attributes; control characters that HTML forbids are dropped.</summary>
    public static string Of(string? value)
    {
        if (string.IsNullOrEmpty(value)) return "";
        var text = new StringBuilder(value.Length + 16);
        foreach (var letter in value)
        {
            switch (letter)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '"': text.Append("&quot;"); break;
                case '\'': text.Append("&#39;"); break;
                case '\t' or '\n': text.Append(letter); break;
                case < ' ' or '\u007F': break;
                default: text.Append(letter); break;
            }
        }
        return text.ToString();
    }

    /// <summary>A coordinate: at most two places.</summary>
    public static string Px(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);

    /// <summary>A file that the build put into this assembly.</summary>
    public static string Asset(string name)
    {
        using var stream = typeof(HtmlText).Assembly.GetManifestResourceStream($"FlowNexus.Reports.{name}")
            ?? throw new InvalidOperationException($"The build left out {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
