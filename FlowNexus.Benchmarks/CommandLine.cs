using System.Globalization;

namespace FlowNexus.Benchmarks;

/// <summary>What the caller asked for.</summary>
internal sealed record CommandLine
{
    private const string Usage = """
        dotnet run -c Release --project FlowNexus.Benchmarks -- load|journal|startup|all [options]
        dotnet run -c Release --project FlowNexus.Benchmarks -- growth|generate|sleepers|dispatch|designer|live [options]
        dotnet run -c Release --project FlowNexus.Benchmarks -- takeover|nodes --postgres own [options]

          load            executions per second, and how long one takes; nothing that was answered is lost by SIGKILL
          journal         the journal against raw SQLite, or on PostgreSQL
          startup         time to the first answer and memory when idle
          all             these three
          generate        fills --to (or --postgres) with executions of a year and leaves it there
          sleepers        memory that 100,000 waiting executions take, and a start over them
          dispatch        executions and tasks a second through their queues
          takeover        three nodes, one killed: how soon the others go on, ten times
          nodes           three nodes against one, each held to a share of a core (as root, on Linux)
          designer        large workflows in a headless Chromium: opened, dragged, panned, and what is loaded
          live            an execution watched in a headless Chromium: how soon a status is seen, and what 50 viewers cost
          growth          lists, status, events, queues and starts over such a database

          --seconds N     duration of each measurement (default 10)
          --requests N    instead: that many executions for each measurement of `load`
          --warmup N      seconds of load before the first measurement (default 10)
          --only W1,W3s   only these workloads of `load`
          --server PATH   FlowNexus.Web.dll to measure (default: the Release build of this tree)
          --postgres C    `load` and `journal` on PostgreSQL: a connection string of an empty database, or `own` for
                          a server started for the run (its files are in the temporary folder)
          --executions N  of `generate` and `growth` (default 100,000)
          --events N      about so many events for them, 6 to 30 each (default 10 each)
          --to DIR        data folder to generate into, or that `growth` finds generated
          --folder DIR    where databases are made, on the disk to be measured (default artifacts/bench)
          --out FILE      the results as JSON

        Exit code 0 when nothing is below its "must".
        """;

    private static readonly string[] Names = ["load", "journal", "startup", "all", "generate", "growth", "sleepers", "dispatch", "takeover", "nodes", "designer", "live"];

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

    public int Executions { get; init; } = 100_000;

    /// <summary>0 until said: ten for each execution.</summary>
    public int Events { get; init; }

    /// <summary>A data folder that stays.</summary>
    public string? To { get; init; }

    /// <summary>Steps may call this machine.</summary>
    public bool AllowLoopback { get; init; }

    /// <summary>What tells a server where its rows live.</summary>
    public string[] ServerSettings => [.. Postgres is null ? Array.Empty<string>() : [$"--FlowNexus:Database:ConnectionString={Postgres}"], .. AllowLoopback ? ["--FlowNexus:Http:AllowedHosts:0=127.0.0.1"] : Array.Empty<string>()];

    public bool Runs(string benchmark) => Name == benchmark || (Name == "all" && benchmark is "load" or "journal" or "startup");

    /// <summary>Null when the arguments make no sense; the reason and the usage are on <paramref name="errors"/>.</summary>
    public static CommandLine? Read(string[] args, TextWriter errors)
    {
        try
        {
            if (args is not [var name, .. var options] || !Names.Contains(name))
                throw new FormatException($"Say what to measure: {string.Join(", ", Names)}.");
            var command = new CommandLine { Name = name };
            for (var i = 0; i < options.Length; i += 2)
                command = command.With(options[i], i + 1 < options.Length ? options[i + 1] : throw new FormatException($"{options[i]} needs a value."));
            return command.Checked();
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
        "--executions" => this with { Executions = Number(option, value) },
        "--events" => this with { Events = Number(option, value, 100_000_000) },
        "--to" => this with { To = Path.GetFullPath(value) },
        "--out" => this with { Out = Path.GetFullPath(value) },
        _ => throw new FormatException($"There is no option {option}."),
    };

    private CommandLine Checked()
    {
        var command = Events == 0 ? this with { Events = Executions * 10 } : this;
        if ((double)command.Events / command.Executions is < 6 or > 30) throw new FormatException($"--events must be 6 to 30 times --executions; {command.Events} is not for {command.Executions}.");
        if (Name == "generate" && To is null) throw new FormatException("generate needs --to, the data folder to make.");
        return command;
    }

    private static int Number(string option, string value, int most = 10_000_000) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{option} must be a whole number from 1 to {most:N0}; it is {value}."));
}
