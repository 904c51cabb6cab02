namespace AiAccessProxy.Actions;

/// <summary>What rules can see in a body that was read whole.</summary>
internal abstract record BodyFacts
{
    private BodyFacts()
    {
    }

    /// <summary>The body is empty: every body field is absent.</summary>
    public sealed record Empty : BodyFacts;

    /// <summary>The body has no single reading (<paramref name="Why"/>): every body field is unreadable, which counts against the caller.</summary>
    public sealed record Unreadable(string Why) : BodyFacts;

    /// <summary>A strict JSON document (RFC 8259 and I-JSON: UTF-8, no duplicate names, also by case).</summary>
    /// <remarks>
    /// What was read of it takes up to fifty times the room of its bytes, and calls are held by the hundred: it is let go while nobody looks,
    /// and read from the same bytes again when somebody does.
    /// </remarks>
    public sealed record Json : BodyFacts
    {
        private readonly ReadOnlyMemory<byte> _document;
        private readonly WeakReference<JsonNodeFact> _root;

        /// <param name="document">The bytes that <paramref name="root"/> was read from; nobody changes them.</param>
        public Json(ReadOnlyMemory<byte> document, JsonNodeFact root) => (_document, _root) = (document, new(root));

        public JsonNodeFact Root
        {
            get
            {
                if (_root.TryGetTarget(out var root)) return root;
                root = StrictJson.RootOf(_document.Span, out var why) ?? throw new InvalidOperationException($"What was strict JSON is none any more: {why}.");
                _root.SetTarget(root);
                return root;
            }
        }
    }
}
