namespace FlowNexus.Benchmarks.Server;

/// <summary>An HTTP client without anything that costs time on loopback.</summary>
internal static class LoopbackHttp
{
    public static HttpMessageInvoker Create(int connections) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connections,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ActivityHeadersPropagator = null,
        PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
    });
}
