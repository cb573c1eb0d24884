using FlowNexus.Engine.Access;
using FlowNexus.Engine.Storage.Rows;
using FlowNexus.Engine.Triggers;
using FlowNexus.Engine.Triggers.Schedule;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Triggers.Schedule;

/// <summary>Schedules in the real engine, on a real database, at the real pace of the clock.</summary>
public abstract class ScheduledExecutionTests(Store store) : IAsyncLifetime
{
    private const string EverySecond = """{ "type": "schedule", "cron": "* * * * * *", "input": { "from": "the schedule" } }""";

    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-schedules-").FullName;
    private string? _connectionString;

    public async ValueTask InitializeAsync() => _connectionString = await Postgres.FreshAsync(store);

    [Fact]
    public async Task EverySecond_StartsOneExecutionATick_AndPauseStops()
    {
        await using var engine = await StartAsync();
        var workflow = await engine.CreateAsync(EverySecond);
        var witness = await engine.CreateAsync(EverySecond);
        var ticks = await engine.TicksWhenAsync(workflow, found => found.Count >= 3);
        AssertOneExecutionEach(ticks, await engine.ExecutionsAsync(workflow));
        Assert.All(ticks, tick => Assert.Equal(0, tick.DueAt % 1_000_000));
        Assert.All(ticks.Zip(ticks.Skip(1)), pair => Assert.Equal(1_000_000, pair.Second.DueAt - pair.First.DueAt));

        await engine.SetStatusAsync(workflow, "paused");
        var atPause = await engine.TicksAsync(workflow);
        var seen = (await engine.TicksAsync(witness)).Count;
        await engine.TicksWhenAsync(witness, found => found.Count >= seen + 3);
        Assert.InRange((await engine.TicksAsync(workflow)).Count, atPause.Count, atPause.Count + 1); // one may have been under way
        Assert.Equal(1, engine.Get<Schedules>().Count);

        var paused = await engine.TicksAsync(workflow);
        await engine.SetStatusAsync(workflow, "active");
        var resumed = await engine.TicksWhenAsync(workflow, found => found.Count >= paused.Count + 2);
        Assert.DoesNotContain(resumed, tick => tick.Outcome != "started"); // what fell due while paused was not missed
        AssertOneExecutionEach(resumed, await engine.ExecutionsAsync(workflow));
    }

    [Fact]
    public async Task Restart_FiresNoTickTwice_AndSkipsWhatWasMissed()
    {
        string workflow;
        List<TickRow> before;
        await using (var first = await StartAsync())
        {
            workflow = await first.CreateAsync(EverySecond);
            await first.TicksWhenAsync(workflow, found => found.Count >= 2);
        }

        await using var second = await StartAsync();
        before = [.. (await second.TicksAsync(workflow)).Where(tick => tick.Outcome == "started")];
        var after = await second.TicksWhenAsync(workflow, found => found.Count(tick => tick.Outcome == "started") >= before.Count + 2);
        AssertOneExecutionEach([.. after.Where(tick => tick.Outcome == "started")], await second.ExecutionsAsync(workflow));
        Assert.InRange(after.Count(tick => tick.Outcome == "skipped"), 0, 1);
        Assert.All(before, tick => Assert.Contains(after, same => same.DueAt == tick.DueAt && same.ExecutionId == tick.ExecutionId));
    }

    [Theory]
    [InlineData("skip")]
    [InlineData("last")]
    public async Task Outage_OfThreeHours_FollowsThePolicy(string policy)
    {
        string workflow;
        await using (var first = await StartAsync(new ShiftedTime(TimeSpan.FromHours(-3))))
            workflow = await first.CreateAsync($$"""{ "type": "schedule", "cron": "17 * * * *", "missed": "{{policy}}" }""");

        await using var second = await StartAsync();
        var wanted = policy == "last" ? 2 : 1;
        var ticks = await second.TicksWhenAsync(workflow, found => found.Count >= wanted);
        Assert.Equal(policy == "last" ? ["skipped", "started"] : ["skipped"], ticks.Select(tick => tick.Outcome));
        Assert.StartsWith(policy == "last" ? "2 ticks" : "3 ticks", ticks[0].Note, StringComparison.Ordinal);
        Assert.Equal(wanted - 1, (await second.ExecutionsAsync(workflow)).Count);
        var trail = await second.Get<GetTriggers>().RunAsync(Principal.LocalOwner, workflow, TestContext.Current.CancellationToken);
        var schedule = Assert.Single(trail.Triggers);
        Assert.Equal(policy == "last" ? "started" : "skipped", schedule.LastTick?.Outcome);
        Assert.Equal(5, schedule.Next?.Count);
    }

    [Fact]
    public async Task Refusal_IsRecordedWithItsCode_AndTheScheduleGoesOn()
    {
        await using var engine = await StartAsync();
        var workflow = await engine.CreateAsync("""{ "type": "schedule", "cron": "* * * * * *" }""", """{"type":"object","required":["region"]}""");
        var ticks = await engine.TicksWhenAsync(workflow, found => found.Count >= 2);
        Assert.All(ticks, tick => Assert.Equal("refused", tick.Outcome));
        Assert.All(ticks, tick => Assert.StartsWith("INVALID_INPUT_DATA: ", tick.Note, StringComparison.Ordinal));
        Assert.Empty(await engine.ExecutionsAsync(workflow));
    }

    [Fact]
    public async Task NewVersion_WithOtherTimes_IsFollowed()
    {
        await using var engine = await StartAsync();
        var workflow = await engine.CreateAsync("""{ "type": "schedule", "cron": "0 0 1 1 *" }""");
        Assert.Empty(await engine.TicksAsync(workflow));
        await engine.UpdateAsync(workflow, EverySecond);
        var ticks = await engine.TicksWhenAsync(workflow, found => found.Count >= 2);
        Assert.Equal(ScheduleTrigger.KeyOf("* * * * * *", null), Assert.Single(ticks.Select(tick => tick.TriggerKey).Distinct()));
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private Task<RunningEngine> StartAsync(TimeProvider? time = null) => RunningEngine.StartAsync(_folder, time, _connectionString);

    private static void AssertOneExecutionEach(List<TickRow> ticks, List<ExecutionRow> executions)
    {
        Assert.All(ticks, tick => Assert.Equal("started", tick.Outcome));
        var byTick = ticks.Select(tick => tick.ExecutionId!).ToList();
        Assert.Equal(byTick.Distinct(), byTick);

        // Read after the ticks, so there may be one more; never one without a tick before those.
        Assert.All(byTick, id => Assert.Contains(executions, row => row.Id == id));
        Assert.InRange(executions.Count, ticks.Count, ticks.Count + 1);
        Assert.All(executions, row => Assert.Equal("schedule", row.TriggeredBy));
    }

    private sealed class ShiftedTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}

public sealed class SqliteScheduledExecutionTests() : ScheduledExecutionTests(Store.Sqlite);

[Trait("Category", "Soak")]
public sealed class PostgresScheduledExecutionTests() : ScheduledExecutionTests(Store.Postgres);
