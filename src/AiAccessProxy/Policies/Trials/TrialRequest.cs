using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Policies.Trials;

/// <summary>Makes a described call into a request as the server hands it over.</summary>
internal static class TrialRequest
{
    // Any will do where no route names hosts.
    private const string AnyHost = "localhost";

    /// <param name="route">The route whose prefix the path of <paramref name="call"/> comes after, and whose host it is for; null where the path is whole.</param>
    public static HttpContext Of(TrialCall call, Route? route)
    {
        var context = new DefaultHttpContext();
        var request = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        request.Method = call.Method;
        request.Protocol = HttpProtocol.Http11;
        request.RawTarget = route is null or { Prefix: "/" } ? call.Path : route.Prefix + call.Path;
        request.Headers.Host = call.Host ?? (route is { Hosts: [var first, ..] } ? first.ToString() : AnyHost);
        foreach (var (name, value) in call.Headers) request.Headers.Append(name, value);
        if (call.Body is not { } body) return context;

        if (call.ContentType is { } type && request.Headers.ContentType.Count == 0) request.Headers.ContentType = type;
        if (request.Headers.TransferEncoding.Count == 0) request.Headers.ContentLength = body.Length;
        request.Body = new MemoryStream(body.ToArray(), writable: false);
        return context;
    }
}
