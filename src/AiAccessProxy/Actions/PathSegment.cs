namespace AiAccessProxy.Actions;

/// <summary>One path segment, percent-decoded, with its span in <see cref="CanonicalTarget.Raw"/>.</summary>
internal readonly record struct PathSegment(string Text, int Start, int Length);
