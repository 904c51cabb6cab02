using System.Security.Cryptography;
using System.Text.Json.Serialization;
using AiAccessProxy.Approvals.Showing;

namespace AiAccessProxy.EndToEnd.Harness;

/// <summary>One part of a call as its reviewers see it.</summary>
internal sealed record SeenPart(
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("name")] string? Name,
    [property: JsonPropertyName("label")] string? Label,
    [property: JsonPropertyName("spans")] IReadOnlyList<SeenSpan> Spans)
{
    /// <summary>Why the part does not say exactly <paramref name="sent"/>; null when it does.</summary>
    public string? WhyNot(byte[] sent)
    {
        var at = 0;
        foreach (var span in Spans)
        {
            var bytes = span.Field is null ? ShownText.Unescape(span.Text) : null;
            var length = bytes?.Length ?? span.Length;
            if (length > sent.Length - at) return $"{Kind} {Name}: seen beyond the {sent.Length} bytes sent: {span}";
            var stretch = sent.AsSpan(at, length);
            if (bytes is not null && !stretch.SequenceEqual(bytes)) return $"{Kind} {Name}: other bytes at {at}: {span}";
            if (bytes is null && Convert.ToHexStringLower(SHA256.HashData(stretch)) != span.Sha256) return $"{Kind} {Name}: another hash at {at}: {span}";
            if (bytes is null && !(span.Text.Contains(span.Field!, StringComparison.Ordinal) && span.Text.Contains(span.Sha256!, StringComparison.Ordinal)))
                return $"{Kind} {Name}: a person does not see what is redacted: {span}";
            at += length;
        }

        return at == sent.Length ? null : $"{Kind} {Name}: {sent.Length - at} bytes were sent and not seen";
    }
}
