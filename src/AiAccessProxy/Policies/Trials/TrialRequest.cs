using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Policies.Trials;

/// <summary>Makes a described call into a request as the server hands it over.</summary>
internal static class TrialRequest
{
    /// <param name="prefix">The prefix of the route that the path of <paramref name="call"/> comes after; empty where it is whole.</param>
    public static HttpContext Of(TrialCall call, string prefix)
    {
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.Method = call.Method;
        request.Protocol = HttpProtocol.Http11;
        request.RawTarget = prefix is "" or "/" ? call.Path : prefix + call.Path;
        if (call.Host is { } host) request.Headers.Host = host;
        foreach (var (name, value) in call.Headers) request.Headers.Append(name, value);
        if (call.Body is not { } body) return context;

        if (call.ContentType is { } type && request.Headers.ContentType.Count == 0) request.Headers.ContentType = type;
        if (request.Headers.TransferEncoding.Count == 0) request.Headers.ContentLength = body.Length;
        request.Body = new MemoryStream(body.ToArray(), writable: false);
        return context;
    }
}
