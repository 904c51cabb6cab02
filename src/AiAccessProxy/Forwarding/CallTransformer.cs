using System.Globalization;
using System.Net;
using AiAccessProxy.Actions;
using AiAccessProxy.Ledger;
using Yarp.ReverseProxy.Forwarder;

namespace AiAccessProxy.Forwarding;

/// <summary>Makes the upstream's request from the bound action alone, never from what came in, and hands its answer back.</summary>
internal sealed class CallTransformer(Cleared cleared, BoundAction action, SentOnce sent) : HttpTransformer
{
    public const string RecordHeader = "AiAccess-Record";

    // `new Uri` would rewrite the target: /x/%2e%2e/admin becomes /admin.
    private static readonly UriCreationOptions Unchanged = new() { DangerousDisablePathAndQueryCanonicalization = true };

    public string Record { get; } = cleared.Record.Id.ToString("D", CultureInfo.InvariantCulture);

    /// <summary>The upstream's status; null while it has not answered.</summary>
    public int? Status { get; private set; }

    /// <summary>Does not call its base, which copies what came in.</summary>
    public override ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        sent.Watch(proxyRequest);
        proxyRequest.Method = HttpMethod.Parse(action.Action.Head.Method);
        proxyRequest.RequestUri = new(action.Upstream.Origin.GetLeftPart(UriPartial.Authority) + action.Action.Head.Target.Raw, Unchanged);
        var content = Content(proxyRequest.Content);
        proxyRequest.Content = content;
        foreach (var line in action.ForwardedHeaders.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase))
            Add(proxyRequest, content, line.Key, string.Join(Separator(line.Key), line.Select(field => field.Value)));
        if (action.Credential is { } credential) Add(proxyRequest, content, credential.HeaderName, credential.Secret);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null) return false;
        Status = (int)proxyResponse.StatusCode;
        if (proxyResponse.StatusCode == HttpStatusCode.SwitchingProtocols)
            throw new InvalidOperationException("The upstream switched protocols, which nobody asked for.");

        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        var headers = httpContext.Response.Headers;
        foreach (var listed in proxyResponse.Headers.Connection) headers.Remove(listed);
        RemoveOwn(headers);
        headers[RecordHeader] = Record;

        // Otherwise the agent would see that the stream is open only with its first event.
        if (proxyResponse.Content.Headers.ContentType?.MediaType == "text/event-stream")
            await httpContext.Response.Body.FlushAsync(cancellationToken);
        return true;
    }

    public override async ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext, HttpResponseMessage proxyResponse, CancellationToken cancellationToken)
    {
        await base.TransformResponseTrailersAsync(httpContext, proxyResponse, cancellationToken);
        if (httpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
            RemoveOwn(trailers);
    }

    /// <summary>A request without content would be resent by the HTTP client when the upstream closes the connection; an empty content is not.</summary>
    private HttpContent Content(HttpContent? streamed)
    {
        switch (action.Action.Body)
        {
            case ActionBody.Whole whole:
                return new ReadOnlyMemoryContent(whole.Bytes);
            case ActionBody.Streamed { Length: var length } when streamed is not null:
                streamed.Headers.ContentLength = length;
                return streamed;
            case ActionBody.Streamed:
                throw new InvalidOperationException("The action has a body to stream, and the request has none.");
            default:
                return new ByteArrayContent([]);
        }
    }

    /// <summary>Repeated fields go out as one line (RFC 9110, 5.3), joined here: the HTTP client would join some names by a space.</summary>
    private static string Separator(string name) => name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? "; " : ", ";

    private static void Add(HttpRequestMessage request, HttpContent content, string name, string value)
    {
        if (!request.Headers.TryAddWithoutValidation(name, value) && !content.Headers.TryAddWithoutValidation(name, value))
            throw new InvalidOperationException($"The header {name} cannot be sent.");
    }

    private static void RemoveOwn(IHeaderDictionary headers)
    {
        foreach (var name in headers.Keys.Where(AgentHeaders.IsOwn).ToList()) headers.Remove(name);
    }
}
