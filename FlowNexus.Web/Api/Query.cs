using System.Globalization;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Web.Api;

/// <summary>Reads query parameters with errors that name them.</summary>
internal static class Query
{
    public static int? Whole(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, value, "a whole number");
    }

    public static long? Long(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, value, "a whole number");
    }

    public static bool Flag(string name, string? value, bool absent)
    {
        if (string.IsNullOrEmpty(value)) return absent;
        return bool.TryParse(value, out var flag) ? flag : throw Wrong(name, value, "true or false");
    }

    public static DateTimeOffset? Instant(string name, string? value)
    {
        if (string.IsNullOrEmpty(value)) return null;
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : throw Wrong(name, value, "an instant such as 2026-01-31T09:00:00Z");
    }

    private static ProblemException Wrong(string name, string value, string kind)
    {
        var message = $"{name} must be {kind}; it is \"{value}\".";
        return new ProblemException(new Problem(ProblemCodes.InvalidRequest, message) { Details = [new ProblemDetail($"/{name}", "type", message)] });
    }
}
