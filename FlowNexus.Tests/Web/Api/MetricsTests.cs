using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using FlowNexus.Tests.Kit;

namespace FlowNexus.Tests.Web.Api;

[Collection(ServerGroup.Name)]
public sealed partial class MetricsTests(SqliteServerFixture server)
{
    private readonly ApiClient _api = server.Api;

    [Fact]
    public async Task Metrics_AfterExecutions_CountThem_WithoutAnIdInALabel()
    {
        var before = await ReadAsync();
        for (var i = 0; i < 3; i++)
        {
            var workflow = await _api.CreateAsync($$$"""{"name":"measured {{{i}}}","steps":[{"name":"first {{{i}}}","type":"transform","set":{"x":1}},{"name":"rest","type":"delay","duration":"10ms"}]}""");
            await _api.EndOfAsync(await _api.StartAsync(workflow));
        }

        var after = await UntilAsync(read => Sum(read, "flownexus_executions_finished_total") >= Sum(before, "flownexus_executions_finished_total") + 3);
        Assert.True(Grown("flownexus_executions_started_total") >= 3);
        Assert.True(Sum(after, "flownexus_step_attempts_total", "type=\"transform\"") - Sum(before, "flownexus_step_attempts_total", "type=\"transform\"") >= 3);
        Assert.True(Grown("flownexus_journal_commit_seconds_count") >= 3);
        Assert.True(Grown("flownexus_journal_group_size_count") >= 3);
        Assert.True(Grown("flownexus_queue_wait_seconds_count") >= 3);
        Assert.All(after.Keys.Where(series => series.StartsWith("flownexus_", StringComparison.Ordinal)), series => Assert.DoesNotMatch(Id(), series));
        Assert.DoesNotContain(after.Keys, series => series.Contains("measured", StringComparison.Ordinal) || series.Contains("first ", StringComparison.Ordinal));
        Assert.InRange(after.Count, 20, 1000);

        double Grown(string name) => Sum(after, name) - Sum(before, name);
    }

    [Fact]
    public async Task Metrics_AfterATaskWasGivenToAnAgent_CountHowLongItWaited()
    {
        const string Series = "flownexus_queue_wait_seconds_count";
        var before = await ReadAsync();
        var workflow = await _api.CreateAsync("""{"name":"waits","steps":[{"name":"a","type":"agent","agent_type":"researcher","config":{"dataset":"small_sample"}}]}""");
        await _api.EndOfAsync(await _api.StartAsync(workflow));

        var after = await UntilAsync(read => Waits(read) > Waits(before));
        Assert.True(Waits(after) > Waits(before));

        static double Waits(Dictionary<string, double> read) => Sum(read, Series, "queue=\"agent_assignments\"");
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("X-Forwarded-For", "10.0.0.1")]
    public async Task Metrics_ForAStranger_AreRefused(string header, string value) =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.SendAsync(HttpMethod.Get, "/metrics", null, (header, value))).Status);

    private async Task<Dictionary<string, double>> UntilAsync(Func<Dictionary<string, double>, bool> wanted)
    {
        var until = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(30);
        while (true)
        {
            var read = await ReadAsync();
            if (wanted(read) || TimeProvider.System.GetUtcNow() > until) return read;
            await Task.Delay(TimeSpan.FromMilliseconds(100), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Every sample by its name and labels; fails on a line that is no sample and no comment.</summary>
    private async Task<Dictionary<string, double>> ReadAsync()
    {
        using var response = await _api.Http.GetAsync(new Uri("/metrics", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Dictionary<string, double> samples = [];
        foreach (var line in (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n'))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var sample = Sample().Match(line);
            Assert.True(sample.Success, line);
            samples[sample.Groups["series"].Value] = double.Parse(sample.Groups["value"].Value.Replace("+Inf", "Infinity", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        }

        return samples;
    }

    private static double Sum(Dictionary<string, double> samples, string name, string label = "") =>
        samples.Where(sample => (sample.Key == name || sample.Key.StartsWith(name + "{", StringComparison.Ordinal)) && sample.Key.Contains(label, StringComparison.Ordinal)).Sum(sample => sample.Value);

    [GeneratedRegex("^(?<series>[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[^}]*\\})?) (?<value>[^ ]+)( [0-9.]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("(exec|workflow|task|agent|evt)_[a-z]*[0-9]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
