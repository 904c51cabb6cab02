using System.Text.Json;

namespace AiAccessProxy.Bypass.Models;

/// <summary>The action that an upstream would perform.</summary>
/// <param name="Path">Decoded segments; <c>/a/</c> has an empty one at its end, <c>/</c> is one empty one.</param>
/// <param name="Query">The value that counts of a parameter; null without one.</param>
/// <param name="Header">The value that counts of a header; null without one.</param>
/// <param name="Json">The value that counts of a member of the body's object; null without one.</param>
/// <param name="Form">The value that counts of a form's field; null without one.</param>
internal sealed record SeenAction(
    string Method, IReadOnlyList<string> Path, Func<string, string?> Query, Func<string, string?> Header, Func<string, JsonElement?> Json, Func<string, string?> Form)
{
    /// <summary>Whether the path is these segments; <c>*</c> is any that is not empty.</summary>
    public bool Is(params string[] segments) => Path.Count == segments.Length && Begins(segments);

    /// <summary>Whether the path is these segments or something below them.</summary>
    public bool Begins(params string[] segments) =>
        Path.Count >= segments.Length && segments.Index().All(one => one.Item == "*" ? Path[one.Index].Length > 0 : Path[one.Index] == one.Item);

    public override string ToString() => $"{Method} /{string.Join('/', Path)}";
}
