using System.Diagnostics;

namespace FlowNexus.Tests.Agents.BuiltIn.Reports;

public sealed class ReportSpeedTests : IDisposable
{
    private readonly ReportStep _step = new();

    /// <summary>The budget is 2 s on a quiet machine; the bound leaves room for a busy one and still catches anything quadratic.</summary>
    [Theory]
    [InlineData("pdf")]
    [InlineData("dashboard")]
    public async Task FifteenThousandRows_Reported_InSeconds(string format)
    {
        var upstream = await _step.DataStepAsync(SalesData.Make(15_000));
        var watch = Stopwatch.StartNew();
        await _step.RunAsync(upstream, $$"""{"format":"{{format}}"}""");

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(6), $"{watch.Elapsed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{format}: {watch.ElapsedMilliseconds} ms");
    }

    public void Dispose() => _step.Dispose();
}
