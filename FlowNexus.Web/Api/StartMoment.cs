using System.Globalization;

namespace FlowNexus.Web.Api;

/// <summary>When an execution may enter the queue: <c>delay</c> in seconds, or <c>not_before</c> as an instant.</summary>
internal static class StartMoment
{
    private const double LongestDelay = 366 * 24 * 3600;

    public static DateTimeOffset? Read(Body body, DateTimeOffset now)
    {
        var (delay, notBefore) = (body.Number("delay"), body.Text("not_before"));
        if (delay is not null && notBefore is not null) body.Wrong("not_before", "ambiguous", "Give either delay or not_before, not both.");
        if (delay is < 0 or > LongestDelay) body.Wrong("delay", "range", $"delay is in seconds, 0 to {LongestDelay:0} (a leap year); it is {delay}.");
        else if (delay is > 0) return now.AddSeconds(delay.Value);
        if (notBefore is null) return null;
        if (!DateTimeOffset.TryParse(notBefore, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) body.Wrong("not_before", "instant", $"not_before must be an instant such as 2026-01-31T08:00:00Z; it is \"{notBefore}\".");
        else if (at > now.AddSeconds(LongestDelay)) body.Wrong("not_before", "range", $"not_before is more than a leap year away: {notBefore}.");
        else return at.ToUniversalTime();
        return null;
    }
}
