using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Insights;

/// <summary>How far back the dashboard looks, and how finely.</summary>
/// <param name="Word">As it stands in addresses.</param>
/// <param name="Title">Goes on after "in the last": <c>24 hours</c>.</param>
/// <param name="Bucket">What one bar stands for; it divides the length.</param>
public sealed record DashboardRange(string Word, string Title, TimeSpan Length, TimeSpan Bucket)
{
    public static readonly DashboardRange Day = new("24h", "24 hours", TimeSpan.FromHours(24), TimeSpan.FromHours(1));

    public static readonly IReadOnlyList<DashboardRange> All =
    [
        new("1h", "hour", TimeSpan.FromHours(1), TimeSpan.FromMinutes(5)),
        Day,
        new("7d", "7 days", TimeSpan.FromDays(7), TimeSpan.FromHours(6)),
    ];

    public int Buckets => (int)(Length / Bucket);

    /// <exception cref="ProblemException">INVALID_REQUEST.</exception>
    public static DashboardRange Of(string? word) =>
        string.IsNullOrEmpty(word) ? Day : All.First(range => range.Word == Allowed.One("range", word, [.. All.Select(one => one.Word)]));

    /// <summary>Ends with the bucket that is under way, so that it and the links made from it stay the same until the next one.</summary>
    public (DateTimeOffset From, DateTimeOffset Until) Window(DateTimeOffset now)
    {
        var until = new DateTimeOffset((((now.UtcTicks - 1) / Bucket.Ticks) + 1) * Bucket.Ticks, TimeSpan.Zero);
        return (until - Length, until);
    }
}
