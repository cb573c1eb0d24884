using System.Globalization;

namespace FlowNexus.Benchmarks;

/// <summary>What the caller asked for.</summary>
internal sealed record CommandLine
{
    private const string Usage = """
        dotnet run -c Release --project FlowNexus.Benchmarks -- load|journal|startup|all [options]

          --seconds N     duration of each measurement (default 10)
          --requests N    instead: that many executions for each measurement of `load`
          --warmup N      seconds of load before the first measurement (default 10)
          --only W1,W3s   only these workloads of `load`
          --server PATH   FlowNexus.Web.dll to measure (default: the Release build of this tree)
          --postgres C    `load` and `journal` on PostgreSQL: a connection string of an empty database, or `own` for
                          a server started for the run (its files are in the temporary folder)
          --folder DIR    where databases are made, on the disk to be measured (default artifacts/bench)
          --out FILE      the results as JSON

        Exit code 0 when nothing is below its "must".
        """;

    public required string Name { get; init; }

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(10);

    public int? Requests { get; init; }

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(10);

    public IReadOnlyList<string>? Only { get; init; }

    public string Server { get; init; } = Path.Combine(Repository.Root, "FlowNexus.Web", "bin", "Release", "net10.0", "FlowNexus.Web.dll");

    public string Folder { get; init; } = Path.Combine(Repository.Root, "artifacts", "bench");

    /// <summary>A connection string, <c>own</c>, or null for SQLite.</summary>
    public string? Postgres { get; init; }

    public string? Out { get; init; }

    public bool Runs(string benchmark) => Name == benchmark || Name == "all";

    /// <summary>Null when the arguments make no sense; the reason and the usage are on <paramref name="errors"/>.</summary>
    public static CommandLine? Read(string[] args, TextWriter errors)
    {
        try
        {
            if (args is not [("load" or "journal" or "startup" or "all") and var name, .. var options])
                throw new FormatException("Say what to measure: load, journal, startup or all.");
            var command = new CommandLine { Name = name };
            for (var i = 0; i < options.Length; i += 2)
                command = command.With(options[i], i + 1 < options.Length ? options[i + 1] : throw new FormatException($"{options[i]} needs a value."));
            return command;
        }
        catch (FormatException wrong)
        {
            errors.WriteLine(wrong.Message);
            errors.WriteLine(Usage);
            return null;
        }
    }

    private CommandLine With(string option, string value) => option switch
    {
        "--seconds" => this with { Duration = TimeSpan.FromSeconds(Number(option, value)) },
        "--requests" => this with { Requests = Number(option, value) },
        "--warmup" => this with { WarmUp = TimeSpan.FromSeconds(Number(option, value)) },
        "--only" => this with { Only = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) },
        "--server" => this with { Server = Path.GetFullPath(value) },
        "--folder" => this with { Folder = Path.GetFullPath(value) },
        "--postgres" => this with { Postgres = value },
        "--out" => this with { Out = Path.GetFullPath(value) },
        _ => throw new FormatException($"There is no option {option}."),
    };

    private static int Number(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 10_000_000
            ? number
            : throw new FormatException($"{option} must be a whole number from 1 to 10,000,000; it is {value}.");
}
