using System.Text;
using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;

namespace FlowNexus.Tests.Logs;

public sealed class LogLineTests
{
    [Theory]
    [InlineData("a", 5000)]
    [InlineData("é", 4000)]
    [InlineData("漢", 2000)]
    [InlineData("🙂", 2000)]
    public void Bound_LongMessage_IsCutBetweenCharacters(string letter, int count)
    {
        var (message, _) = LogLine.Bound(string.Concat(Enumerable.Repeat(letter, count)), null);
        Assert.InRange(Encoding.UTF8.GetByteCount(message), LogLine.MaxBytes - 8, LogLine.MaxBytes);
        Assert.EndsWith(letter + "…", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bound_FieldsThatDoNotFit_AreLeftOutAndSayHowMany()
    {
        var (message, fields) = LogLine.Bound("short", new JsonObject { ["a"] = new string('x', 5000), ["b"] = 1 });
        Assert.Equal(("short", "{\"fields_left_out\":2}"), (message, fields));
    }

    [Fact]
    public void Bound_WhatNoDatabaseTakes_IsReplaced() => Assert.Equal("a\uFFFDb\uFFFDc", LogLine.Bound("a\0b\uD800c", null).Message);
}
