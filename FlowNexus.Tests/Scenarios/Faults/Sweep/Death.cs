using System.Globalization;

namespace FlowNexus.Tests.Scenarios.Faults.Sweep;

/// <summary>When a process dies: right before or right after its n-th group commit from the first one of a new execution.</summary>
/// <param name="Commit">From 1.</param>
internal sealed record Death(Moment Moment, int Commit)
{
    private const string Variable = "FLOWNEXUS_TESTS_DEATH";
    private const string Trigger = "FLOWNEXUS_TESTS_DEATH_FILE";

    /// <summary>Variables that make a server die so, once the file exists.</summary>
    public IReadOnlyDictionary<string, string> Environment(string file) => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(Death).Assembly.Location,
        [Variable] = string.Create(CultureInfo.InvariantCulture, $"{Moment}:{Commit}"),
        [Trigger] = file,
    };

    public static (Death Death, string File) FromEnvironment()
    {
        var words = System.Environment.GetEnvironmentVariable(Variable)!.Split(':');
        return (new Death(Enum.Parse<Moment>(words[0]), int.Parse(words[1], CultureInfo.InvariantCulture)), System.Environment.GetEnvironmentVariable(Trigger)!);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Moment} commit {Commit}");
}

internal enum Moment
{
    Before,
    After,
}
