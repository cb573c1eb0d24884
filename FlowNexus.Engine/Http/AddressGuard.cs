using System.Net;
using System.Net.Sockets;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Http;

/// <summary>
/// Decides which addresses steps may connect to: the public internet, and what the configuration allows. Judges the
/// address that is really connected to, so names that resolve to private addresses are refused too.
/// </summary>
public sealed class AddressGuard(OutboundHttpOptions options)
{
    private static readonly IPNetwork[] Refused4 =
    [
        .. ((string[])[
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast6 = IPNetwork.Parse("2000::/3");

    // Protocol assignments with Teredo and ORCHID, documentation, 6to4: all carry or stand for other addresses.
    private static readonly IPNetwork[] Refused6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    private readonly IPNetwork[] _networks = [.. options.AllowedNetworks.Select(IPNetwork.Parse)];

    /// <summary>Whether the configuration allows this host whatever its addresses are.</summary>
    public bool AllowsHost(string host, int port) => options.AllowedHosts.Any(allowed => Matches(allowed, host, port));

    /// <summary>Whether an address may be connected to when its host is not allowed outright.</summary>
    public bool AllowsAddress(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            return AllowedByNetwork(address.MapToIPv4());
        return AllowedByNetwork(address) || IsPublic(address);
    }

    public static ProblemException Refused(string host, IPAddress? address)
    {
        var what = address is null || address.ToString() == host ? $"'{host}'" : $"'{host}' ({address})";
        return new ProblemException(ProblemCodes.AddressRefused,
            $"{what} is not a public address, so steps may not call it. An administrator can allow it with {OutboundHttpOptions.Section}:AllowedHosts or AllowedNetworks.");
    }

    private static bool IsPublic(IPAddress address) => address.AddressFamily switch
    {
        AddressFamily.InterNetwork => !Refused4.Any(network => network.Contains(address)),
        AddressFamily.InterNetworkV6 => address.ScopeId == 0 && GlobalUnicast6.Contains(address) && !Refused6.Any(network => network.Contains(address)),
        _ => false,
    };

    private static bool Matches(string allowed, string host, int port)
    {
        // One colon, or one after a bracket, is a port; several are an IPv6 address.
        var colon = allowed.StartsWith('[') ? allowed.IndexOf("]:", StringComparison.Ordinal) + 1 : allowed.Count(letter => letter == ':') == 1 ? allowed.IndexOf(':', StringComparison.Ordinal) : 0;
        if (colon > 0)
        {
            if (!int.TryParse(allowed.AsSpan(colon + 1), out var allowedPort) || allowedPort != port)
                return false;
            allowed = allowed[..colon];
        }
        return allowed.StartsWith("*.", StringComparison.Ordinal)
            ? host.EndsWith(allowed[1..], StringComparison.OrdinalIgnoreCase) && host.Length > allowed.Length - 1
            : host.Trim('[', ']').Equals(allowed.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
    }

    private bool AllowedByNetwork(IPAddress address) => _networks.Any(network => network.Contains(address));
}
