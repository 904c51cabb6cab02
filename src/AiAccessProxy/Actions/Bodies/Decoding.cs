namespace AiAccessProxy.Actions.Bodies;

/// <summary>What came out of undoing a body's <c>Content-Encoding</c>.</summary>
internal abstract record Decoding
{
    private Decoding()
    {
    }

    /// <summary>It is not compressed.</summary>
    public sealed record Plain : Decoding;

    /// <param name="Coding">As it was named, in lower case.</param>
    public sealed record Decoded(string Coding, ReadOnlyMemory<byte> Document) : Decoding;

    /// <summary>The document has more bytes than may be read.</summary>
    public sealed record TooLarge : Decoding;

    /// <summary>Readers would disagree on what it decodes to, or find that it does not.</summary>
    public sealed record Failed(string Why) : Decoding;
}
