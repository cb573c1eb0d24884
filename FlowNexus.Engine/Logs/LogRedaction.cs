using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlowNexus.Engine.Logs;

/// <summary>
/// Takes out of lines what nobody may read: values that were hidden, credentials in headers, cookies, addresses and
/// settings, by the names they go by, and tokens by their well-known shapes.
/// </summary>
internal sealed partial class LogRedaction
{
    public const string Mark = "[redacted]";

    /// <summary>Shorter ones would take ordinary words with them.</summary>
    private const int ShortestSecret = 4;

    private ImmutableList<string> _hidden = [];

    public void Hide(string secret)
    {
        if (secret.Length < ShortestSecret) return;
        ImmutableInterlocked.Update(ref _hidden, hidden => hidden.Contains(secret) ? hidden : [.. hidden.Add(secret).OrderByDescending(value => value.Length)]);
    }

    public string Text(string text)
    {
        foreach (var secret in _hidden) text = text.Replace(secret, Mark, StringComparison.Ordinal);
        try
        {
            text = Header().Replace(text, "${name}${mark}" + Mark);
            text = Scheme().Replace(text, "${scheme} " + Mark);
            text = UserInfo().Replace(text, "${scheme}" + Mark + "@");
            text = Assignment().Replace(text, "${name}${mark}" + Mark);
            return Token().Replace(text, Mark);
        }
        catch (RegexMatchTimeoutException)
        {
            // What could not be judged is not shown.
            return Mark;
        }
    }

    /// <summary>A copy.</summary>
    public JsonObject Fields(JsonObject fields)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in fields) copy[Text(name)] = IsSecret(name) ? Mark : Value(value);
        return copy;
    }

    private JsonNode? Value(JsonNode? node) => node switch
    {
        JsonObject fields => Fields(fields),
        JsonArray items => new JsonArray([.. items.Select(Value)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
        _ => node?.DeepClone(),
    };

    /// <summary>Whether values that go by this name are credentials.</summary>
    public static bool IsSecret(string name) => SecretName().IsMatch(name);

    private const string Names = "(?:proxy[-_]?)?authorization|(?:set[-_]?)?cookies?|pass(?:word|wd|phrase)|pwd|(?:client[-_]?|shared[-_]?)?secret(?:[-_]?key)?|(?:access|auth|id|refresh|session|bearer|csrf|xsrf)?[-_]?token|(?:x[-_])?(?:api|access|private|account|subscription|function|sas)[-_]?key|credentials?|signature|sig|jwt|session[-_]?id";

    [GeneratedRegex($"(?:^|[-_.\\s])(?:{Names})$", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex SecretName();

    /// <summary>Whole headers, to the end of the line.</summary>
    [GeneratedRegex("\\b(?<name>(?:proxy-)?authorization|(?:set-)?cookie)(?<mark>\"?\\s*[:=]\\s*\"?)[^\"\\r\\n]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Header();

    [GeneratedRegex("\\b(?<scheme>bearer|basic|digest|apikey)\\s+[A-Za-z0-9+/=_.~-]{8,}", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Scheme();

    [GeneratedRegex("(?<scheme>\\b[a-z][a-z0-9+.-]{1,20}://)[^\\s/@:]{1,200}:[^\\s/@]{1,200}@", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex UserInfo();

    /// <summary>Query parameters, settings and JSON members with a telling name; <c>key=</c> alone counts in a query only.</summary>
    [GeneratedRegex($"(?<name>[?&](?:key|code)|(?<![A-Za-z0-9])(?:{Names}))(?<mark>\"?\\s*[=:]\\s*\"?)(?!\\[redacted\\])[^\\s&\"',;]+", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Assignment();

    [GeneratedRegex("\\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|xox[abprs]-[A-Za-z0-9-]{10,}|AKIA[0-9A-Z]{16}|eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*)", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 2000)]
    private static partial Regex Token();
}
