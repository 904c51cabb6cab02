namespace AiAccessProxy.Control.Guarding;

/// <summary>The key or token in <c>Authorization: Bearer</c> (RFC 6750, 2.1).</summary>
internal static class Bearer
{
    private const string Scheme = "Bearer ";

    /// <summary>Null when there is none, or more than one.</summary>
    public static string? Of(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value[Scheme.Length..].Trim()
            : null;
}
