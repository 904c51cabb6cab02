using System.Net;

namespace AiAccessProxy.Forwarding;

/// <summary>
/// A streamed request body whose head and pieces leave at once. The HTTP client keeps small writes back until four kilobytes have gathered,
/// which would hold up an agent that speaks in small pieces.
/// </summary>
internal sealed class PromptContent : HttpContent
{
    private readonly HttpContent _body;

    public PromptContent(HttpContent body)
    {
        _body = body;
        foreach (var (name, values) in body.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(cancellationToken);
        await _body.CopyToAsync(new PromptStream(stream), context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false; // the Content-Length header says it where it is known
    }
}
