namespace AiAccessProxy.Actions;

/// <summary>One query parameter, percent-decoded (and <c>+</c> as space), with the span of its value in <see cref="CanonicalTarget.Raw"/>.</summary>
internal readonly record struct QueryParameter(string Name, string Value, int ValueStart, int ValueLength)
{
    /// <summary>It has no <c>=</c>: to some servers its value is empty, to others true, and to others there is none.</summary>
    public bool IsBare { get; init; }
}
