using FlowNexus.Web.Ui.Figures;

namespace FlowNexus.Tests.Web.Ui.Figures;

public sealed class FigureWordsTests
{
    [Theory]
    [InlineData(812, "812 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_000, "1 KB")]
    [InlineData(2_340_000, "2.3 MB")]
    [InlineData(999_950_000, "1 GB")]
    [InlineData(123_456, "123 KB")]
    public void Bytes_OfEachMagnitude_Read(long bytes, string words) => Assert.Equal(words, Plain(FigureWords.Bytes(bytes)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(125, "0.000125")]
    [InlineData(800_000, "0.8")]
    [InlineData(9_999_200_000, "9 999.2")]
    [InlineData(-1_500_000, "-1.5")]
    public void Credits_FromMillionths_KeepThePlacesThatMatter(long micros, string words) =>
        Assert.Equal(words, Plain(FigureWords.Credits(micros)));

    [Theory]
    [InlineData(0.999, "99 %")]
    [InlineData(1, "100 %")]
    [InlineData(0.67, "67 %")]
    [InlineData(0.29, "29 %")]
    [InlineData(1.5, "100 %")]
    public void Percent_OnlyOfAll_IsAHundred(double share, string words) => Assert.Equal(words, Plain(FigureWords.Percent(share)));

    [Fact]
    public void Number_Large_HasThinSeparators() => Assert.Equal("1\u202F234\u202F567.9", FigureWords.Number(1_234_567.89));

    private static string Plain(string words) => words.Replace('\u202F', ' ').Replace('\u2212', '-');
}
