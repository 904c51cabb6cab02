using AiAccessProxy.Actions.Bodies;

namespace AiAccessProxy.Actions;

/// <summary>What rules can see in a body that was read whole.</summary>
internal abstract record BodyFacts
{
    private BodyFacts()
    {
    }

    /// <summary>
    /// The fields that stand in such a body. A form has no JSON fields and JSON no form fields to be shown or spared; what cannot be read may
    /// have either.
    /// </summary>
    public virtual IReadOnlyList<FieldSource> Sources => [FieldSource.Body, FieldSource.Form];

    /// <summary>The body is empty: every body field is absent.</summary>
    public sealed record Empty : BodyFacts;

    /// <summary>The body has no single reading (<paramref name="Why"/>): every body field is unreadable, which counts against the caller.</summary>
    public sealed record Unreadable(string Why) : BodyFacts;

    /// <summary>A form (WHATWG URL, 5 or RFC 7578) that every reader takes apart in the same way.</summary>
    /// <param name="Document">What the spans of <paramref name="Fields"/> count in; nobody changes it.</param>
    public sealed record Form(ReadOnlyMemory<byte> Document, IReadOnlyList<FormField> Fields) : BodyFacts
    {
        public override IReadOnlyList<FieldSource> Sources => [FieldSource.Form];
    }

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

        public override IReadOnlyList<FieldSource> Sources => [FieldSource.Body];

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
