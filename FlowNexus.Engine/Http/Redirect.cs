using System.Net;
using FlowNexus.Engine.Problems;

namespace FlowNexus.Engine.Http;

/// <summary>What a redirect turns a request into.</summary>
internal static class Redirect
{
    /// <param name="from">The request that was redirected.</param>
    /// <param name="status">301, 302, 303, 307 or 308.</param>
    /// <param name="target">Where to.</param>
    /// <param name="fresh">A fresh copy of the first request, which becomes the next one.</param>
    /// <exception cref="ProblemException">ADDRESS_REFUSED: to another scheme than http(s), or from https back to http.</exception>
    public static HttpRequestMessage Follow(HttpRequestMessage from, HttpStatusCode status, Uri target, HttpRequestMessage fresh)
    {
        if (target.Scheme is not ("http" or "https") || (from.RequestUri!.Scheme == "https" && target.Scheme == "http"))
            throw new ProblemException(ProblemCodes.AddressRefused, $"'{from.RequestUri}' redirects to '{target.Scheme}:', which is not followed.");
        var dropsBody = status == HttpStatusCode.SeeOther ? from.Method != HttpMethod.Head
            : (int)status is 301 or 302 && from.Method == HttpMethod.Post;
        fresh.Method = dropsBody ? HttpMethod.Get : from.Method;
        if (dropsBody || from.Content is null)
            fresh.Content = null;
        // Compared with the first address: what was meant for one origin stays there, also after coming back.
        if (!SameOrigin(fresh.RequestUri!, target) || !SameOrigin(from.RequestUri!, target))
        {
            // Any header an author set may be a credential.
            foreach (var header in fresh.Headers.Select(pair => pair.Key).Where(name => !name.StartsWith("Accept", StringComparison.OrdinalIgnoreCase)).ToList())
                fresh.Headers.Remove(header);
        }
        fresh.RequestUri = target;
        return fresh;
    }

    private static bool SameOrigin(Uri one, Uri other) => one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);
}
