using FlowNexus.Engine.Agents.BuiltIn.Tables;

namespace FlowNexus.Tests.Agents.BuiltIn.Tables;

public sealed class DateRangeTests
{
    private static readonly DateTimeOffset Now = new(2024, 12, 10, 9, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2024", "2024-01-01", "2025-01-01")]
    [InlineData("2024-Q1", "2024-01-01", "2024-04-01")]
    [InlineData("Q4 2023", "2023-10-01", "2024-01-01")]
    [InlineData("2024-H2", "2024-07-01", "2025-01-01")]
    [InlineData("2024-02", "2024-02-01", "2024-03-01")]
    [InlineData("2024-02-29", "2024-02-29", "2024-03-01")]
    [InlineData("2024-01..2024-03", "2024-01-01", "2024-04-01")]
    [InlineData("2024-01-15/2024-02-01", "2024-01-15", "2024-02-02")]
    [InlineData("2023-Q4 to 2024-Q1", "2023-10-01", "2024-04-01")]
    [InlineData("2024-06..", "2024-06-01", null)]
    [InlineData("..2024-06", null, "2024-07-01")]
    [InlineData("last 30 days", "2024-11-11", "2024-12-11")]
    public void TryParse_KnownForm_GivesHalfOpenSpan(string text, string? from, string? before)
    {
        var range = DateRange.TryParse(text, Now);
        Assert.Equal(from, range!.From is { } start ? DateText.Format(start) : null);
        Assert.Equal(before, range.Before is { } end ? DateText.Format(end) : null);
    }

    [Theory]
    [InlineData("spring")]
    [InlineData("2024-Q5")]
    [InlineData("2024-13")]
    [InlineData("2023-02-29")]
    [InlineData("2024-03..2024-01")]
    [InlineData("..")]
    [InlineData("")]
    public void TryParse_AnythingElse_IsNull(string text) => Assert.Null(DateRange.TryParse(text, Now));
}
