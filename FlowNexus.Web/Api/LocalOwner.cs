using System.Net;
using FlowNexus.Engine.Access;
using FlowNexus.Engine.Problems;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FlowNexus.Web.Api;

/// <summary>
/// Who asks, on an installation without accounts: a request from this machine, to this machine's own name, that no
/// proxy passed on and no foreign page made, is the local owner. Everybody else is refused.
/// </summary>
internal sealed class LocalOwner(IServer server)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    private bool? _loopbackOnly;

    /// <exception cref="ProblemException">UNAUTHENTICATED with the reason.</exception>
    public Principal Demand(HttpContext context) => Reason(context) is { } reason
        ? throw new ProblemException(ProblemCodes.Unauthenticated, $"This installation answers only its own machine so far: {reason}")
        : Principal.LocalOwner;

    /// <summary>Why a request is not the local owner's; null when it is.</summary>
    public string? Reason(HttpContext context)
    {
        if (!BoundToLoopbackOnly()) return "it is bound to an address that others can reach. Bind it to a loopback address.";
        if (context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote)) return "the request comes from another machine.";
        if (Array.Find(ProxyHeaders, context.Request.Headers.ContainsKey) is { } header) return $"the request came through a proxy (it carries {header}).";
        if (!IsLoopback(context.Request.Host.Host)) return $"the request was made for the host \"{context.Request.Host.Host}\". Use 127.0.0.1 or localhost.";
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == context.Request.Host.Value)) return "the request was made by a page of another origin.";
        return null;
    }

    /// <summary>Known once the server has started; the in-process test server has no addresses.</summary>
    private bool BoundToLoopbackOnly()
    {
        if (_loopbackOnly is { } known) return known;
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses;
        _loopbackOnly = addresses is null || addresses.All(address => Uri.TryCreate(address.Replace("*", "0.0.0.0", StringComparison.Ordinal).Replace("+", "0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri) && IsLoopback(uri.Host));
        return _loopbackOnly.Value;
    }

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}

internal static class RequestPrincipal
{
    /// <exception cref="ProblemException">UNAUTHENTICATED.</exception>
    public static Principal Principal(this HttpContext context) => context.RequestServices.GetRequiredService<LocalOwner>().Demand(context);
}
