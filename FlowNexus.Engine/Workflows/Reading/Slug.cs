using System.Text;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Makes names out of what people wrote.</summary>
internal static class Slug
{
    private const int Longest = 60;

    /// <summary>Lower-case letters and digits joined by the separator; <paramref name="otherwise"/> when nothing is left.</summary>
    public static string Of(string text, char separator, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var character in text)
        {
            if (slug.Length >= Longest) break;
            if (char.IsLetterOrDigit(character)) slug.Append(char.ToLowerInvariant(character));
            else if (slug.Length > 0 && slug[^1] != separator) slug.Append(separator);
        }

        var result = slug.ToString().TrimEnd(separator);
        if (result.Length == 0) return otherwise;
        return char.IsDigit(result[0]) ? $"{otherwise}{separator}{result}" : result;
    }

    public static string Unique(string name, ISet<string> taken)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++) unique = $"{name}_{number}";
        return unique;
    }
}
