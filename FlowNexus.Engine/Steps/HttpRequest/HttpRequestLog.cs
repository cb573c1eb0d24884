using System.Text.Json.Nodes;
using FlowNexus.Engine.Logs;

namespace FlowNexus.Engine.Steps.HttpRequest;

/// <summary>What a request says in the log: method, host, path, status, duration; no header, body or query.</summary>
internal sealed class HttpRequestLog(StepContext context, HttpMethod method, Uri address)
{
    private readonly long _since = context.Time.GetTimestamp();

    /// <summary>Whatever was sent as a credential is hidden wherever it comes back.</summary>
    public void Hide(JsonObject? headers)
    {
        foreach (var (name, value) in headers ?? [])
        {
            if (!LogRedaction.IsSecret(name) || value?.ToString() is not { } secret) continue;
            context.Log.Hide(secret);
            if (secret.LastIndexOf(' ') is > 0 and var space) context.Log.Hide(secret[(space + 1)..]);
        }
    }

    public void Answered(HttpResponseMessage response)
    {
        var took = Math.Round(context.Time.GetElapsedTime(_since).TotalMilliseconds, 1);
        var fields = new JsonObject { ["method"] = method.Method, ["host"] = address.Authority, ["path"] = address.AbsolutePath, ["status"] = (int)response.StatusCode, ["duration_ms"] = took };
        if (response.RequestMessage?.RequestUri is { } final && final.Authority != address.Authority) fields["redirected_to"] = final.Authority;
        var text = $"{method} {address.Host} answered {(int)response.StatusCode} in {took:0} ms.";
        if ((int)response.StatusCode >= 400) context.Log.Warning(text, fields);
        else context.Log.Info(text, fields);
    }
}
