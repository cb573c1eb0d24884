namespace FlowNexus.Engine.Http;

/// <summary>How steps may call out. Section <c>FlowNexus:Http</c>.</summary>
public sealed class OutboundHttpOptions
{
    public const string Section = "FlowNexus:Http";

    /// <summary>Hosts that may be called although their addresses are private: <c>intranet.local</c>, <c>*.corp.example</c>, <c>localhost:8081</c>.</summary>
    public IList<string> AllowedHosts { get; init; } = [];

    /// <summary>Private networks that may be called, as CIDR: <c>10.20.0.0/16</c>.</summary>
    public IList<string> AllowedNetworks { get; init; } = [];

    /// <summary>A forward proxy, <c>http://proxy:3128</c>; the environment's proxy variables are not used.</summary>
    public string? Proxy { get; init; }

    /// <summary>Bounds connecting, in seconds; 1 to 300.</summary>
    public double ConnectTimeoutSeconds { get; init; } = 10;

    /// <summary>Largest response, in bytes after decompression.</summary>
    public long MaxResponseBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Redirects followed before giving up; 0 to 20.</summary>
    public int MaxRedirects { get; init; } = 5;
}
