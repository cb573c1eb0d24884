using System.Globalization;
using System.Net;
using System.Net.Mail;

namespace FlowNexus.Engine.Steps.Validation;

/// <param name="Description">Continues "Not …".</param>
internal sealed record CellFormat(string Name, string Description, Func<string, bool> Fits);

/// <summary>Formats that cells are checked for, the more special ones first.</summary>
internal static class Formats
{
    public static readonly IReadOnlyList<CellFormat> All =
    [
        new("uuid", "a UUID", text => text.Length == 36 && Guid.TryParseExact(text, "D", out _)),
        new("email", "an e-mail address", IsEmail),
        new("url", "an http(s) address", text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0),
        new("ip", "an IP address", text => (text.Contains(':') || text.Count(character => character == '.') == 3) && IPAddress.TryParse(text, out _)),
        new("date", "a date such as 2026-01-31", text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)),
        new("date_time", "a date and time such as 2026-01-31T09:00:00Z", IsDateTime),
        new("boolean", "true or false", text => text.ToLowerInvariant() is "true" or "false" or "yes" or "no"),
        new("integer", "a whole number", text => decimal.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)),
        new("number", "a number", text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(format => format.Name)];

    public static CellFormat? TryGet(string name) => All.FirstOrDefault(format => format.Name == name);

    private static bool IsEmail(string text) =>
        text.Length <= 254 && text.IndexOf('@') > 0 && !text.Any(char.IsWhiteSpace)
        && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.') && !address.Host.EndsWith('.');

    private static bool IsDateTime(string text) =>
        text.Length >= 16 && text[4] == '-' && text[7] == '-' && text[10] is 'T' or ' '
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);
}
