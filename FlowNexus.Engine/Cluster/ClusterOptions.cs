using System.Net;
using FlowNexus.Engine.Hosting;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Cluster;

/// <summary>Settings of a node among others, section <c>FlowNexus:Cluster</c>.</summary>
public sealed class ClusterOptions
{
    public const string Section = $"{EngineOptions.Section}:Cluster";

    /// <summary>This process is one of several on the same PostgreSQL database.</summary>
    public bool Enabled { get; set; }

    /// <summary>The address of this machine that the other nodes reach it at. What travels there is not encrypted: a private network.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port of <see cref="Address"/> that the other nodes connect to; 0 takes any free one.</summary>
    public int Port { get; set; }

    /// <summary>Seconds, 1 to 60, after which a node that gave no sign of life is taken for gone. The others go on with its executions then.</summary>
    public double LeaseSeconds { get; set; } = 2;

    internal TimeSpan Lease => TimeSpan.FromSeconds(LeaseSeconds);
}

/// <summary>Names the setting, its limits and the value given.</summary>
internal sealed class ClusterOptionsValidator(IOptions<EngineOptions> engine) : IValidateOptions<ClusterOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterOptions options)
    {
        if (!options.Enabled) return ValidateOptionsResult.Success;
        List<string> wrong = [];
        if (string.IsNullOrWhiteSpace(engine.Value.Database.ConnectionString))
            wrong.Add("FlowNexus:Cluster:Enabled needs a PostgreSQL database, which all nodes share; SQLite serves one process. Set FlowNexus:Database:ConnectionString, such as Host=localhost;Database=flownexus;Username=flownexus;Password=….");
        if (!IPAddress.TryParse(options.Address, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            wrong.Add($"FlowNexus:Cluster:Address must be an IP address of this machine that the other nodes can reach, such as 10.0.0.5; it is \"{options.Address}\".");
        if (options.Port is < 0 or > 65535) wrong.Add($"FlowNexus:Cluster:Port must be between 0 and 65535; it is {options.Port}.");
        if (options.LeaseSeconds is not (>= 1 and <= 60)) wrong.Add($"FlowNexus:Cluster:LeaseSeconds must be between 1 and 60; it is {options.LeaseSeconds}.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
