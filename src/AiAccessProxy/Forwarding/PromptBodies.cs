namespace AiAccessProxy.Forwarding;

/// <summary>Makes streamed bodies leave at once. Below YARP, which keeps watch over the content that it made itself.</summary>
internal sealed class PromptBodies(HttpMessageHandler connections) : DelegatingHandler(connections)
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not (null or ByteArrayContent or ReadOnlyMemoryContent)) request.Content = new PromptContent(request.Content);
        return base.SendAsync(request, cancellationToken);
    }
}
