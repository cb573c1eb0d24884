using FlowNexus.Tests.Kit;
using FlowNexus.Tests.Scenarios.Faults.Sweep;

namespace FlowNexus.Tests.Scenarios.Faults;

/// <summary>The process dies (SIGKILL) right before or right after a commit, and another one goes on with its data.</summary>
public abstract class CommitSweepTests(Store store) : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-sweep-").FullName;
    private string? _connectionString;

    public async ValueTask InitializeAsync() => _connectionString = await Postgres.FreshAsync(store);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>One death for each shape; which commit differs, so that together they are spread over the whole run.</summary>
    [Fact]
    public Task Death_AtACommitOfEachShape_LosesNothingAndRepeatsNothingCommitted() => RunAsync(async sweep =>
    {
        var first = store == Store.Sqlite ? Moment.Before : Moment.After;
        for (var i = 0; i < Shapes.Names.Count; i++)
            Assert.True(await sweep.DieAsync(Shapes.Names[i], new Death((Moment)(((int)first + i) % 2), 1 + (i % 4))), Shapes.Names[i]);
    });

    [Trait("Category", "Soak")]
    [Theory]
    [InlineData("branch")]
    [InlineData("join")]
    [InlineData("retry")]
    [InlineData("timer")]
    [InlineData("for_each")]
    [InlineData("sub_workflow")]
    public Task Death_AtEveryCommit_LosesNothingAndRepeatsNothingCommitted(string shape) => RunAsync(async sweep =>
    {
        foreach (var moment in new[] { Moment.Before, Moment.After })
        {
            var commits = await sweep.WholeAsync(shape, moment);
            TestContext.Current.TestOutputHelper!.WriteLine($"{shape} on {store}: died {moment} each of {commits} commits.");
            Assert.InRange(commits, 4, 60);
        }
    });

    private async Task RunAsync(Func<CommitSweep, Task> die)
    {
        await using var effects = await EffectLog.StartAsync();
        var sweep = new CommitSweep(_folder, _connectionString, effects);
        await sweep.CreateWorkflowsAsync();
        await die(sweep);
        await sweep.FinishAsync();
        var lost = await SweepTruth.CheckAsync(_folder, _connectionString, sweep, effects);
        TestContext.Current.TestOutputHelper!.WriteLine($"{sweep.Deaths} deaths in {sweep.Started} executions on {store}, {lost} attempts lost and repeated.");
    }
}

public sealed class SqliteCommitSweepTests() : CommitSweepTests(Store.Sqlite);

/// <summary>Among the soak tests: every death costs two starts of the product.</summary>
[Trait("Category", "Soak")]
public sealed class PostgresCommitSweepTests() : CommitSweepTests(Store.Postgres);
