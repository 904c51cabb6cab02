using System.Text.Json.Serialization;

namespace AiAccessProxy.Approvals.Showing;

/// <summary>A stretch of a part.</summary>
[JsonDerivedType(typeof(Text), "text")]
[JsonDerivedType(typeof(Redacted), "redacted")]
internal abstract record ShownSpan
{
    private ShownSpan()
    {
    }

    /// <summary>
    /// Bytes as safe text: what is printable stands for itself; backslash, controls, bidirectional and zero-width characters and bytes that
    /// are no UTF-8 are escaped (<c>\\</c>, <c>\r</c>, <c>\u{202e}</c>, <c>\xff</c>), so that the bytes can be had back exactly.
    /// </summary>
    public sealed record Text(string Safe) : ShownSpan;

    /// <summary>A field that a rule redacts: its name, its length in bytes and the SHA-256 of its bytes.</summary>
    public sealed record Redacted(string Field, long Length, string Sha256) : ShownSpan;
}
