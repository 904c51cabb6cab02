namespace AiAccessProxy.Actions;

/// <summary>The body of an action.</summary>
internal abstract record ActionBody
{
    private ActionBody()
    {
    }

    /// <summary>The request carries no body.</summary>
    public sealed record None : ActionBody;

    /// <summary>Not read: a plain allow streams it through. <paramref name="Length"/> in bytes is null when it is chunked.</summary>
    public sealed record Streamed(long? Length) : ActionBody;

    /// <summary>Read whole, exactly as it will be forwarded, with what rules can see in it.</summary>
    /// <param name="Bytes">As sent, and what <paramref name="Sha256"/> is over.</param>
    public sealed record Whole(ReadOnlyMemory<byte> Bytes, string Sha256, BodyFacts Facts) : ActionBody
    {
        /// <summary>What the upstream will decode: the bytes themselves unless they are compressed. Spans of fields count in it.</summary>
        public ReadOnlyMemory<byte> Document { get; init; } = Bytes;

        /// <summary>How the document is compressed on the wire (<c>gzip</c>); null when it is not, or cannot be decompressed.</summary>
        public string? Coding { get; init; }

        /// <summary>What upstreams are known to read differently in it: the call is refused unless each is accepted by name.</summary>
        public IReadOnlyList<Unclear> Doubts { get; init; } = [];
    }
}
