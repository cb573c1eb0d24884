using System.Text.Json.Nodes;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Engine.Workflows;

namespace FlowNexus.Tests.Triggers.Schedule;

public sealed class ScheduleTriggerTests
{
    [Fact]
    public void KeyOf_IgnoresSpacesAndCapitals_ButNotTheZone()
    {
        Assert.Equal(ScheduleTrigger.KeyOf("0 9 * * MON", null), ScheduleTrigger.KeyOf("  0  9 * *  mon ", "UTC"));
        Assert.NotEqual(ScheduleTrigger.KeyOf("0 9 * * 1", null), ScheduleTrigger.KeyOf("0 9 * * 1", "Europe/Berlin"));
    }

    [Fact]
    public void KeyOf_NeverChanges() =>
        // Rows of recorded ticks carry it.
        Assert.Equal("0cb037deca66", ScheduleTrigger.KeyOf("0 9 * * 1", "Europe/Berlin"));

    [Fact]
    public void Of_TheSameTwice_CountsOnce_AndWithOtherInputIsItsOwn()
    {
        var schedules = ScheduleTrigger.Of(With(Daily("""{"a":1}"""), Daily("""{"a":1}"""), Daily("""{"a":2}"""), Daily("""{"a":3}""")));
        var key = ScheduleTrigger.KeyOf("@daily", null);
        Assert.Equal([key, key + "-2", key + "-3"], schedules.Select(schedule => schedule.Key));
    }

    [Fact]
    public void Of_SwitchedOffAndOtherTypes_AreLeftOut()
    {
        var off = Daily("{}") with { Source = new JsonObject { ["enabled"] = false } };
        Assert.Empty(ScheduleTrigger.Of(With(off, new TriggerDefinition { Type = "webhook", Url = "/api/trigger/x", Source = [] })));
    }

    [Fact]
    public void NextFirings_CarryTheOffsetOfTheZone()
    {
        var trigger = new TriggerDefinition { Type = "schedule", Cron = "0 9 * * *", TimeZone = "Europe/Berlin", Source = [] };
        var next = NextFirings.Of(trigger, new DateTimeOffset(2025, 3, 29, 0, 0, 0, TimeSpan.Zero), 2);
        Assert.Equal(["2025-03-29T09:00:00+01:00", "2025-03-30T09:00:00+02:00"], next.Select(tick => tick.ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void NextFirings_OfAScheduleThatEnds_AreFewer() =>
        Assert.Empty(NextFirings.Of(new TriggerDefinition { Type = "schedule", Cron = "0 0 31 2 *", Source = [] }, DateTimeOffset.UnixEpoch, 5));

    private static TriggerDefinition Daily(string input) => new() { Type = "schedule", Cron = "@daily", Input = (JsonObject)JsonNode.Parse(input)!, Source = [] };

    private static WorkflowDefinition With(params TriggerDefinition[] triggers) => new() { Name = "w", Steps = [], Triggers = triggers, Source = [] };
}
