using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using FlowNexus.Engine.Problems;
using Microsoft.Extensions.Options;

namespace FlowNexus.Engine.Http;

/// <summary>
/// The one way steps call out. Every connection is checked against <see cref="AddressGuard"/> at the moment it is made
/// (so a name cannot change its address in between), every redirect again; no cookies, no ambient proxy.
/// </summary>
public sealed class OutboundHttp : IDisposable
{
    private readonly OutboundHttpOptions _options;
    private readonly AddressGuard _guard;
    private readonly HttpClient _client;
    private readonly Uri? _proxy;

    public OutboundHttp(IOptions<OutboundHttpOptions> options)
    {
        _options = options.Value;
        _guard = new AddressGuard(_options);
        _proxy = _options.Proxy is { } proxy ? new Uri(proxy) : null;
        _client = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                UseProxy = _proxy is not null,
                Proxy = _proxy is null ? null : new WebProxy(_proxy),
                AutomaticDecompression = DecompressionMethods.All,
                ConnectTimeout = TimeSpan.FromSeconds(_options.ConnectTimeoutSeconds),
                PooledConnectionLifetime = TimeSpan.FromMinutes(2),
                MaxResponseHeadersLength = 64,
                ConnectCallback = ConnectAsync,
            },
            disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("FlowNexus", "0.1"));
    }

    /// <summary>Largest response body, in bytes.</summary>
    public long MaxResponseBytes => _options.MaxResponseBytes;

    /// <summary>Sends, following redirects. The body is not read yet: read it through a cap. The caller disposes the response.</summary>
    /// <param name="request">Makes the request; called again for every redirect.</param>
    /// <param name="cancellationToken">Also carries the time limit.</param>
    /// <exception cref="ProblemException">ADDRESS_REFUSED; HTTP_FAILED when nothing answered or the redirects do not end.</exception>
    public async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        var message = request();
        for (var redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(message, cancellationToken);
            if (RedirectTarget(message, response) is not { } target)
                return response;
            response.Dispose();
            if (redirects == _options.MaxRedirects)
                throw new ProblemException(ProblemCodes.HttpFailed, $"'{message.RequestUri}' redirects more than {_options.MaxRedirects} times; call its final address.");
            var next = Redirect.Follow(message, response.StatusCode, target, request());
            message.Dispose();
            message = next;
        }
    }

    public void Dispose() => _client.Dispose();

    /// <exception cref="ProblemException">INVALID_INPUT_DATA: not an absolute http or https address.</exception>
    public static Uri Address(string url, string pointer)
    {
        if (Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0)
            return address;
        var message = $"'{url}' is not an address that can be called; expected http:// or https:// with a host and without a user name.";
        throw new ProblemException(new Problem(ProblemCodes.InvalidInputData, message) { Details = [new ProblemDetail(pointer, "url", message)] });
    }

    private static Uri? RedirectTarget(HttpRequestMessage message, HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is { } location ? new Uri(message.RequestUri!, location) : null;

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, CancellationToken cancellationToken)
    {
        var address = message.RequestUri!;
        try
        {
            // Behind a proxy the connection goes to the proxy, so the target is judged here.
            if (_proxy is not null)
                await ResolveAsync(address.IdnHost, address.Port, cancellationToken);
            return await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception)
        {
            if (Unwrap(exception) is { } refused)
                throw refused;
            throw new ProblemException(new Problem(ProblemCodes.HttpFailed, $"{message.Method} {address.GetLeftPart(UriPartial.Path)} failed: {exception.Message}"), exception);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ProblemException(new Problem(ProblemCodes.HttpFailed, $"'{address.Host}' did not accept a connection within {_options.ConnectTimeoutSeconds} s."), exception);
        }
        catch (SocketException exception)
        {
            throw new ProblemException(new Problem(ProblemCodes.HttpFailed, $"'{address.Host}' was not found: {exception.Message}"), exception);
        }
    }

    private static ProblemException? Unwrap(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is ProblemException problem)
                return problem;
        }
        return null;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.DnsEndPoint;
        var toProxy = _proxy is not null && endpoint.Host == _proxy.IdnHost && endpoint.Port == _proxy.Port;
        var addresses = toProxy ? await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken) : await ResolveAsync(endpoint.Host, endpoint.Port, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses that may be connected to; one refused address refuses the host.</summary>
    private async Task<IPAddress[]> ResolveAsync(string host, int port, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (!_guard.AllowsHost(host, port))
        {
            var refused = addresses.FirstOrDefault(address => !_guard.AllowsAddress(address));
            if (refused is not null || addresses.Length == 0)
                throw AddressGuard.Refused(host, refused);
        }
        return addresses;
    }
}
