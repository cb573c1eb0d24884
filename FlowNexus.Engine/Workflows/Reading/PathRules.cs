using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Workflows.Reading;

/// <summary>Webhook urls and file patterns: paths inside FlowNexus, never of the host.</summary>
internal static partial class PathRules
{
    public const string WebhookRoot = "/api/trigger/";

    public static string? WebhookUrl(FieldReader fields, ProblemList problems)
    {
        if (fields.Text("url", 300) is not { } url) return null;
        if (WebhookPath().IsMatch(url) && !HasDotSegment(url)) return url;
        problems.Error(fields.At("url"), "url", $"'{url}' is not a webhook url: it must be a path under {WebhookRoot} with letters, digits, '-', '_', '.' and '/'.", $"Use '{Corrected(url)}'.");
        return null;
    }

    public static string? FilePattern(FieldReader fields, ProblemList problems)
    {
        if (fields.Text("path", 500) is not { } path) return null;
        var reason = path switch
        {
            _ when HasDotSegment(path) => "'.' and '..' are not allowed in it",
            _ when path.Contains('\\') => "it uses '\\'; write '/'",
            _ when !path.StartsWith('/') || path.Length < 2 => "it must start with '/'",
            _ when path.Contains("//", StringComparison.Ordinal) => "it has an empty part",
            _ => null,
        };
        if (reason is null) return path;
        problems.Error(fields.At("path"), "path", $"'{path}' is not a file pattern: {reason}.", "Paths are inside FlowNexus's own file space, for example /data/training/*; *, ** and ? are wildcards.");
        return null;
    }

    private static bool HasDotSegment(string path) => path.Split('/', '\\').Any(part => part is "." or "..");

    private static string Corrected(string url)
    {
        var path = Uri.TryCreate(url, UriKind.Absolute, out var absolute) && absolute.Scheme.StartsWith("http", StringComparison.Ordinal) ? absolute.AbsolutePath : url.Split('?', '#')[0];
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => Unsafe().Replace(part, "-").Trim('.', '-')).Where(part => part.Length > 0).ToList();
        foreach (var prefix in new[] { "api", "trigger" })
        {
            if (parts.Count > 0 && parts[0] == prefix) parts.RemoveAt(0);
        }

        return WebhookRoot + (parts.Count == 0 ? "my-workflow" : string.Join('/', parts));
    }

    [GeneratedRegex(@"^/api/trigger(?:/[A-Za-z0-9._-]+)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex WebhookPath();

    [GeneratedRegex("[^A-Za-z0-9._-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Unsafe();
}
