using System.Net;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Http;

/// <summary>Names the key, the limit and the given value of everything wrong.</summary>
public sealed class OutboundHttpOptionsValidator : IValidateOptions<OutboundHttpOptions>
{
    public ValidateOptionsResult Validate(string? name, OutboundHttpOptions options)
    {
        var wrong = new List<string>();
        foreach (var network in options.AllowedNetworks)
        {
            if (!IPNetwork.TryParse(network, out _))
                wrong.Add($"{OutboundHttpOptions.Section}:AllowedNetworks holds '{network}'; expected CIDR with a network address, such as 10.20.0.0/16.");
        }
        if (options.Proxy is { } proxy && !(Uri.TryCreate(proxy, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
            wrong.Add($"{OutboundHttpOptions.Section}:Proxy is '{proxy}'; expected an address such as http://proxy:3128.");
        if (options.ConnectTimeoutSeconds is < 1 or > 300)
            wrong.Add($"{OutboundHttpOptions.Section}:ConnectTimeoutSeconds is {options.ConnectTimeoutSeconds}; expected 1 to 300.");
        if (options.MaxRedirects is < 0 or > 20)
            wrong.Add($"{OutboundHttpOptions.Section}:MaxRedirects is {options.MaxRedirects}; expected 0 to 20.");
        if (options.MaxResponseBytes is < 1024 or > 8L * 1024 * 1024 * 1024)
            wrong.Add($"{OutboundHttpOptions.Section}:MaxResponseBytes is {options.MaxResponseBytes}; expected 1024 to 8589934592.");
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }
}
