namespace AiAccessProxy.Approvals.Showing;

/// <summary>How a document is compressed on the wire: <paramref name="Coding"/> is <c>gzip</c>, <c>x-gzip</c>, <c>deflate</c> or <c>br</c>.</summary>
/// <param name="Bytes">What is sent.</param>
/// <param name="DocumentBytes">What the upstream decodes from that, and what is shown.</param>
internal sealed record ShownCoding(string Coding, long Bytes, long DocumentBytes);
