using FlowNexus.Engine.Hosting;
using FlowNexus.Web.Hosting;

namespace FlowNexus.Web.CommandLine;

/// <summary>What stands behind a command: its own options, and settings as the server takes them.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _flags = new(StringComparer.Ordinal);

    private CommandArguments(string dataFolder, string? connectionString)
    {
        DataFolder = dataFolder;
        ConnectionString = connectionString;
    }

    /// <summary>Absolute path.</summary>
    public string DataFolder { get; }

    /// <summary>Null on SQLite.</summary>
    public string? ConnectionString { get; }

    /// <exception cref="UsageException">Something in it is no option of this command.</exception>
    public static CommandArguments Read(string[] args, string[] values, string[] flags)
    {
        Dictionary<string, string> given = new(StringComparer.Ordinal);
        HashSet<string> set = new(StringComparer.Ordinal);
        List<string> settings = [];
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var left, var right] ? (left, right) : (args[i], (string?)null);
            if (flags.Contains(name, StringComparer.Ordinal) && value is null) set.Add(name);
            else if (values.Contains(name, StringComparer.Ordinal)) given[name] = Value(name, value);
            else if (name.StartsWith("--", StringComparison.Ordinal) && name.Contains(':', StringComparison.Ordinal)) settings.Add($"{name}={Value(name, value)}");
            else throw new UsageException($"\"{args[i]}\" is not an option of this command.");

            string Value(string option, string? inline)
            {
                if (inline is { Length: > 0 }) return inline;
                if (inline is null && ++i < args.Length && !args[i].StartsWith("--", StringComparison.Ordinal)) return args[i];
                throw new UsageException($"{option} needs a value.");
            }
        }

        var builder = Settings.CreateBuilder([.. settings]);
        var options = builder.Configuration.GetSection(EngineOptions.Section).Get<EngineOptions>() ?? new EngineOptions();
        var read = new CommandArguments(Settings.DataFolder(builder.Configuration, builder.Environment), string.IsNullOrWhiteSpace(options.Database.ConnectionString) ? null : options.Database.ConnectionString);
        foreach (var (name, value) in given) read._values[name] = value;
        read._flags.UnionWith(set);
        return read;
    }

    /// <exception cref="UsageException">It is missing.</exception>
    public string Demand(string name) => _values.TryGetValue(name, out var value) ? value : throw new UsageException($"{name} is missing.");

    public bool Has(string flag) => _flags.Contains(flag);
}
