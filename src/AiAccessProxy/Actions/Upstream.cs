namespace AiAccessProxy.Actions;

/// <summary>The real API behind a route.</summary>
/// <param name="Origin">Scheme, host and port; the path is that of the action.</param>
/// <param name="Timeout">How long the upstream may take without a byte moving.</param>
/// <param name="HttpVersion">1.1 or 2.0 (2.0 without TLS is HTTP/2 with prior knowledge).</param>
internal sealed record Upstream(Uri Origin, TimeSpan Timeout, Version HttpVersion);
