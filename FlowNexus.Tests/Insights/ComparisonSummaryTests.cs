using System.Text.Json.Nodes;
using FlowNexus.Engine.Insights;

namespace FlowNexus.Tests.Insights;

public sealed class ComparisonSummaryTests
{
    [Fact]
    public void MoreAttempts_AreTheReason() =>
        Assert.Equal(
            ("It took 12.0 s longer: 20.0 s against 8.0 s, mostly because process took 11.0 s longer: 3 attempts instead of 1.", "process"),
            ComparisonSummary.Of(Side(20), Side(8), [Step("extract", 2, 1), Step("process", 15, 4, attempts: 3)], false));

    [Fact]
    public void MoreRecords_AreTheReason() =>
        Assert.Contains("it went through 50,000 records instead of 500.", ComparisonSummary.Of(Side(20), Side(8), [Step("process", 15, 4, records: 50_000)], false).Words, StringComparison.Ordinal);

    [Fact]
    public void Waiting_IsToldApartFromRunning() =>
        Assert.Contains("process waited 9.0 s longer before it began", ComparisonSummary.Of(Side(20), Side(8), [Step("process", 4, 4, waited: 9)], false).Words, StringComparison.Ordinal);

    [Fact]
    public void TheQueue_MayBeTheCause() =>
        Assert.Equal(
            ("It took 1 m 0 s longer: 1 m 8 s against 8.0 s, mostly because it waited 1 m 0 s longer in the queue before it started.", null),
            ComparisonSummary.Of(Side(8, queued: 60), Side(8), [Step("process", 8, 8)], false));

    [Fact]
    public void AFaster_SaysWhatTookLess() =>
        Assert.Equal(
            ("It took 6.0 s less: 2.0 s against 8.0 s, mostly because process took 6.0 s less.", "process"),
            ComparisonSummary.Of(Side(2), Side(8), [Step("process", 1, 7)], false));

    [Fact]
    public void AStepThatRanOnlyHere_IsNamed()
    {
        var step = new StepComparison("report", "s", "agent", new StepMeasure("completed", 0, 5, 1, null, null, 0), new StepMeasure("skipped", null, null, 0, null, null, 0), 5, true);
        Assert.Contains("report ran here (5.0 s) and not there", ComparisonSummary.Of(Side(6), Side(1), [step], false).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void AboutTheSame_IsSaidSo() => Assert.StartsWith("Both took about the same", ComparisonSummary.Of(Side(8), Side(8.1), [], false).Words, StringComparison.Ordinal);

    [Fact]
    public void WhatHasNotEnded_HasNoCause() =>
        Assert.Equal((null, true), (ComparisonSummary.Of(Side(null), Side(8), [], false).Step, ComparisonSummary.Of(Side(null), Side(8), [], false).Words.StartsWith("This execution has not ended yet", StringComparison.Ordinal)));

    [Fact]
    public void Inputs_AreComparedFieldByField()
    {
        var found = InputDifferences.Of(JsonNode.Parse("""{"a":1,"b":{"c":[1,2],"d":"x"},"e":null}"""), JsonNode.Parse("""{"a":1,"b":{"c":[1],"d":"x"},"f":true}"""));
        Assert.Equal(["b.c True True", "e True False", "f False True"], found.Select(one => $"{one.Path} {one.InThis} {one.InOther}"));
        Assert.Empty(InputDifferences.Of(JsonNode.Parse("""{"a":1}"""), JsonNode.Parse("""{"a":1}""")));
        Assert.Single(InputDifferences.Of(JsonNode.Parse("[1]"), null));
    }

    private static ComparedExecution Side(double? took, double queued = 0) => new("exec", 1, took is null ? "running" : "completed", "manual", DateTimeOffset.UnixEpoch, queued, took, 2);

    private static StepComparison Step(string name, double here, double there, int attempts = 1, double waited = 0, long? records = null) => new(
        name, name, "agent",
        new StepMeasure("completed", waited, here, attempts, "agent_1", records, 0),
        new StepMeasure("completed", 0, there, 1, "agent_1", records is null ? null : 500, 0),
        here + waited - there, true);
}
