using CsCheck;
using FlowNexus.Engine.Agents;

namespace FlowNexus.Tests.Agents;

public sealed class ExperienceScoreTests
{
    [Theory]
    [InlineData("beginner", 0, 0, 0.55)]
    [InlineData("expert", 0, 0, 0.88)]
    [InlineData("intermediate", 20, 0, 0.85)]
    [InlineData("intermediate", 0, 20, 0.35)]
    [InlineData("wizard", 0, 0, 0.55)]
    public void Score_IsTheSmoothedSuccessRate(string level, long completed, long failed, double expected) =>
        Assert.Equal(expected, ExperienceScore.Of(level, completed, failed), 12);

    [Fact]
    public void Score_OfAnyRecord_StaysWithin0And1AndMovesTheRightWay() =>
        Gen.Select(Gen.OneOf([.. ExperienceLevels.Names]), Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000]).Sample((level, completed, failed) =>
        {
            var score = ExperienceScore.Of(level, completed, failed);
            Assert.InRange(score, 0, 1);
            Assert.True(ExperienceScore.Of(level, completed + 1, failed) >= score);
            Assert.True(ExperienceScore.Of(level, completed, failed + 1) <= score);
        });

    [Fact]
    public void Score_AfterManyTasks_FollowsTheRecordAndNotTheLevel() =>
        Assert.Equal(ExperienceScore.Of("beginner", 9_000, 1_000), ExperienceScore.Of("expert", 9_000, 1_000), 0.001);
}
