using FlowNexus.Engine.Retention;

namespace FlowNexus.Tests.Retention;

public sealed class RetentionOptionsTests
{
    [Fact]
    public void Validate_WhatIsOutOfRange_NamesEachSettingAndItsLimits()
    {
        var result = new RetentionOptionsValidator().Validate(null, new RetentionOptions { ExecutionsDays = -1, EventsDays = double.NaN, ArtifactsDays = 40_000, TicksDays = 1, IntervalSeconds = 0 });

        Assert.Equal(4, result.Failures!.Count());
        Assert.Contains("FlowNexus:Retention:ExecutionsDays must be between 0 (keep for ever) and 36500 days; it is -1.", result.Failures!);
    }

    [Fact]
    public void Expiry_KindsOfTheSameAge_AreOne()
    {
        var expiries = Expiry.Of(new RetentionOptions { ExecutionsDays = 30, EventsDays = 7, ArtifactsDays = 30, TicksDays = 30 });

        Assert.Equal([new Expiry(Pruned.Events, TimeSpan.FromDays(7)), new Expiry(Pruned.Rows | Pruned.Files, TimeSpan.FromDays(30))], expiries);
    }

    [Fact]
    public void Expiry_KindKeptForEver_IsNotAmongThem() =>
        Assert.Empty(Expiry.Of(new RetentionOptions { ExecutionsDays = 0, EventsDays = 0, ArtifactsDays = 0 }));
}
