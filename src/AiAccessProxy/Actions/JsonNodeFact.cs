namespace AiAccessProxy.Actions;

/// <summary>A value in a JSON body and the span of its bytes in the document, so that a reviewer can be shown, or spared, exactly those.</summary>
internal abstract record JsonNodeFact(int Start, int Length)
{
    public sealed record Text(int Start, int Length, string Value) : JsonNodeFact(Start, Length);

    /// <summary><paramref name="Lexeme"/> is the number as written; numbers are compared exactly, never as doubles.</summary>
    public sealed record Number(int Start, int Length, string Lexeme) : JsonNodeFact(Start, Length);

    public sealed record Boolean(int Start, int Length, bool Value) : JsonNodeFact(Start, Length);

    public sealed record Null(int Start, int Length) : JsonNodeFact(Start, Length);

    public sealed record Array(int Start, int Length, IReadOnlyList<JsonNodeFact> Items) : JsonNodeFact(Start, Length);

    public sealed record Object(int Start, int Length, IReadOnlyDictionary<string, JsonNodeFact> Members) : JsonNodeFact(Start, Length);
}
