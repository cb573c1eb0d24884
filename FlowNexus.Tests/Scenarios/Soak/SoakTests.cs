using System.Globalization;
using FlowNexus.Engine.Backups;
using FlowNexus.Tests.Kit;
using Microsoft.Data.Sqlite;

namespace FlowNexus.Tests.Scenarios.Soak;

/// <summary>Ten minutes of everything at once on a real process, with a retention of seconds: nothing grows but what is kept.</summary>
public sealed class SoakTests : IDisposable
{
    /// <summary>Set to a number for a shorter run.</summary>
    private const string Seconds = "FLOWNEXUS_SOAK_SECONDS";

    private const double Megabyte = 1024 * 1024;
    private const double MemoryGrowth = 0.15;
    private const double LogMegabytes = 64;
    private const double FileOverLive = 2;

    private readonly string _folder = Directory.CreateTempSubdirectory("flownexus-soak-").FullName;

    private static TimeSpan Length => TimeSpan.FromSeconds(int.Parse(Environment.GetEnvironmentVariable(Seconds) ?? "600", CultureInfo.InvariantCulture));

    private string Database => Path.Combine(_folder, "flownexus.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task MixedLoad_ForTenMinutes_LeavesMemoryFlatAndLogAndFileBounded()
    {
        long done;
        SoakMeasures measures;
        await using (var server = await ServerProcess.StartAsync(_folder, "--FlowNexus:InitialCredits=1000000000", "--FlowNexus:Retention:IntervalSeconds=5",
            "--FlowNexus:Retention:ExecutionsDays=0.0003", "--FlowNexus:Retention:EventsDays=0.0003", "--FlowNexus:Retention:ArtifactsDays=0.0003"))
        {
            using var load = await MixedLoad.StartAsync(server.Address);
            measures = await SoakMeasures.TakeAsync(server.Id, Database, Length, load.Failed);
            await load.StopAsync();
            done = load.Done;
            Assert.Equal(0, await server.TerminateAsync());
            Assert.DoesNotContain(" ERR ", server.Output, StringComparison.Ordinal);
        }

        var (file, live) = (new FileInfo(Database).Length / Megabyte, LiveMegabytes());
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        var streams = StoredChains.Verify(connection);
        var kept = Ask(connection, "SELECT count(*) FROM executions");
        var reduced = Ask(connection, "SELECT count(*) FROM executions WHERE pruned & 1 <> 0");
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{done} rounds in {Length.TotalSeconds:0} s, {reduced} of {kept} reduced; {measures}; file {file:0.0} MB, live data {live:0.0} MB; {streams} chains hold."));
        Assert.True(reduced > kept / 4, $"Only {reduced} of {kept} executions were reduced.");
        Assert.True(measures.MemoryGrowth < MemoryGrowth, $"Memory is not flat: {measures}.");
        Assert.True(measures.LargestLog < LogMegabytes, $"The write-ahead log is not bounded: {measures}.");
        Assert.True(file < FileOverLive * live, $"The file has {file:0.0} MB for {live:0.0} MB of live data.");
        Assert.True(measures.LargestFile < FileOverLive * live, $"The file had {measures.LargestFile:0.0} MB for {live:0.0} MB of live data.");
    }

    /// <summary>What the same rows need in a file of their own.</summary>
    private double LiveMegabytes()
    {
        var copy = Path.Combine(_folder, "live.db");
        using (var connection = new SqliteConnection($"Data Source={Database};Pooling=False"))
        {
            connection.Open();
            using var vacuum = connection.CreateCommand();
            vacuum.CommandText = $"VACUUM INTO '{copy}'";
            vacuum.ExecuteNonQuery();
        }

        return new FileInfo(copy).Length / Megabyte;
    }

    private static long Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
