namespace AiAccessProxy.Control.Guarding;

/// <summary>Tells a form that our own page sent from one that another page made the browser send.</summary>
internal static class ForeignForm
{
    /// <summary>
    /// <c>Sec-Fetch-Site</c> settles it where the browser sends it (another port of this host is same-site, not same-origin); otherwise
    /// <c>Origin</c> has to be there and to be ours. What sends neither is no browser of today and has the API.
    /// </summary>
    public static bool Is(HttpRequest request, string ownOrigin) =>
        request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
            ? site != "same-origin"
            : !string.Equals(request.Headers.Origin.ToString(), ownOrigin, StringComparison.OrdinalIgnoreCase);
}
