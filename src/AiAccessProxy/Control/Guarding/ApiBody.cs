using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace AiAccessProxy.Control.Guarding;

/// <summary>What the API accepts as a body: JSON that says so, and not much of it.</summary>
internal static class ApiBody
{
    private const int MaxBytes = 16 * 1024;

    /// <summary>The media type is insisted on, because a page elsewhere cannot send it without being asked first (CORS preflight).</summary>
    public static ControlProblem? Check(HttpRequest request, int maxBytes = MaxBytes)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) return null;
        request.HttpContext.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = maxBytes;
        return MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType == "application/json"
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            ? null
            : ControlProblem.NotJson;
    }
}
