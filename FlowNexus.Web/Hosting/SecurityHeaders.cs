using System.Security.Cryptography;

namespace FlowNexus.Web.Hosting;

/// <summary>What a browser is told not to do with our answers.</summary>
internal static class SecurityHeaders
{
    private static readonly object NonceKey = new();

    /// <summary>The word that lets this answer's own inline script (the import map) run.</summary>
    public static string Nonce(this HttpContext context)
    {
        if (context.Items[NonceKey] is string made) return made;
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[NonceKey] = nonce;
        return nonce;
    }

    public static void UseSecurityHeaders(this WebApplication app) => app.Use(static (context, next) =>
    {
        context.Response.OnStarting(static state =>
        {
            Write((HttpContext)state);
            return Task.CompletedTask;
        }, context);
        return next(context);
    });

    private static bool IsApiPage(HttpContext context) => context.Request.Path.StartsWithSegments("/docs");

    private static bool IsPage(string mediaType) => mediaType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    private static void Write(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // An answer that brings a stricter policy, such as a sandboxed artifact, keeps it.
        if (headers.ContentSecurityPolicy.Count > 0) return;
        headers.XFrameOptions = "DENY";
        if (!IsPage(headers.ContentType.ToString()))
        {
            headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
            return;
        }

        headers.ContentSecurityPolicy = string.Join("; ",
            "default-src 'self'",
            // The API page sets itself up inline and shows nothing that a user wrote.
            IsApiPage(context) ? "script-src 'self' 'unsafe-inline'" : $"script-src 'self' 'nonce-{context.Nonce()}'",
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            "frame-ancestors 'none'");
    }
}
