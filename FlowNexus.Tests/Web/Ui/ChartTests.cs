using FlowNexus.Web.Ui.Charts;

namespace FlowNexus.Tests.Web.Ui;

public sealed class ChartTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 8)]
    [InlineData(9, 10)]
    [InlineData(101, 200)]
    [InlineData(450, 500)]
    [InlineData(0.03, 0.04)]
    public void Top_IsTheNextRoundNumber(double most, double top) => Assert.Equal(top, ChartScale.Top(most), 9);

    [Fact]
    public void Path_BreaksWhereNothingWasMeasured()
    {
        double?[] values = [10, 5, null, 10, null];
        Assert.Equal("M10 0L30 5", ChartPath.Of(values, 100, 10, 10));
        Assert.Equal("M70 0h.01", ChartPath.Dots(values, 100, 10, 10));
    }
}
