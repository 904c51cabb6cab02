using Microsoft.AspNetCore.Http.Features;

namespace AiAccessProxy.Forwarding;

/// <summary>Keeps YARP from reading the request's body: it was read already, or there is none.</summary>
internal sealed class NoBodyToRead : IHttpRequestBodyDetectionFeature
{
    public static NoBodyToRead Instance { get; } = new();

    public bool CanHaveBody => false;
}
