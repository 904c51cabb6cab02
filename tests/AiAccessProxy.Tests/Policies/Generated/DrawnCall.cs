using AiAccessProxy.Actions;

namespace AiAccessProxy.Tests.Policies.Generated;

/// <summary>A call, in parts. A body of null is no body.</summary>
/// <param name="IsReadable">False where <paramref name="Body"/> has no single reading, or is not read at all.</param>
internal sealed record DrawnCall(
    string Method, string Path, IReadOnlyList<(string Name, string Value)> Query, IReadOnlyList<(string Name, string Value)> Headers,
    string? Body, bool IsReadable)
{
    public bool IsStreamed { get; init; }

    public ActionHead Head => Some.Head(
        Method,
        Query.Count == 0 ? Path : $"{Path}?{string.Join('&', Query.Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}",
        [.. Headers.Select(one => new HeaderField(one.Name, one.Value))]);

    public ApiAction Action => new(Head, IsStreamed ? new ActionBody.Streamed(null) : Body is null ? new ActionBody.None() : Some.Body(Body));

    public override string ToString() =>
        $"{Method} {Head.Target.Raw} [{string.Join("; ", Headers)}] {(IsStreamed ? "(streamed)" : Body ?? "(no body)")}";
}
